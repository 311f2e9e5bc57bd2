/**
 * The transport of Node: over its sockets, or over a WebSocket class that is handed in.
 */

import { bare } from './bare.js';
import { standard } from './standard.js';

/**
 * @param {object} [place]
 * @param {import('./standard.js').Socket} [place.WebSocket] used instead of the sockets
 * @param {any} [place.process]
 * @returns {import('./index.js').Transport}
 * @throws {TypeError} this Node is too old
 */
export function node({ WebSocket, process = /** @type {any} */ (globalThis).process } = {}) {
  if (WebSocket) return standard(WebSocket);
  // Asked for like this, since a browser that loads the file could not import them.
  const builtin = process?.getBuiltinModule;
  if (builtin) return bare({ net: builtin('node:net'), tls: builtin('node:tls'), crypto: builtin('node:crypto') });
  if (globalThis.WebSocket) return standard(globalThis.WebSocket);
  throw new TypeError(`Node ${process?.version} has no WebSocket: use Node 22 or newer, or hand one in, as in node({WebSocket})`);
}
