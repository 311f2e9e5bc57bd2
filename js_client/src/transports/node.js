/**
 * The transport of Node, over the WebSocket that Node has had since version 22.
 */

import { standard } from './standard.js';

/**
 * @param {{WebSocket?: import('./standard.js').Socket}} [place]
 * @returns {import('./index.js').Transport}
 * @throws {TypeError} this Node is too old
 */
export function node({ WebSocket = globalThis.WebSocket } = {}) {
  if (!WebSocket) {
    const { version } = /** @type {any} */ (globalThis).process;
    throw new TypeError(`Node ${version} has no WebSocket: use Node 22 or newer, or hand one in, as in node({WebSocket})`);
  }
  return standard(WebSocket);
}
