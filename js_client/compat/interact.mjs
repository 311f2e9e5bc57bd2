/**
 * interact.js for `import`: in Node and in bundlers as a CommonJS module, in a page as the script that it also is.
 */

import * as loaded from './interact.js';

/** @type {typeof import('./interact.js')} */
const interact = /** @type {any} */ (loaded).default ?? /** @type {any} */ (globalThis).stepwireInteract;

export const { connectSocket, connectSoket, openSocket, socket_send, closeSocket } = interact;
export default interact;
