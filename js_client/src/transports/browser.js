/**
 * The transport of a browser page.
 */

import { standard } from './standard.js';

/**
 * @param {{WebSocket?: import('./standard.js').Socket}} [place]
 * @returns {import('./index.js').Transport}
 * @throws {TypeError} there is no WebSocket here
 */
export function browser({ WebSocket = globalThis.WebSocket } = {}) {
  if (!WebSocket) throw new TypeError('there is no WebSocket here: hand in a transport, as in serve(game, {url, transport})');
  return standard(WebSocket);
}
