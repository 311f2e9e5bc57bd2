/**
 * What a transport is, and which one fits the place where the code runs.
 *
 * A transport opens one connection and tells what happens on it:
 *
 *     const link = transport(url, subprotocol, { onOpen(), onMessage(data), onClose(code, reason) });
 *     link.send(data)           a string or bytes; only after onOpen
 *     link.close(code, reason)  may be called at any time, and twice
 *
 * It calls `onOpen` at most once, `onMessage` with a string or an ArrayBuffer, and `onClose` exactly once, also when
 * the connection never opened (code 1006, as WebSockets do). None of them is called before `transport` has returned.
 */

import { browser } from './browser.js';
import { node } from './node.js';
import { wechat } from './wechat.js';

/** @typedef {{send: (data: string|Uint8Array) => void, close: (code: number, reason: string) => void}} Link */
/**
 * @typedef {object} Handlers
 * @property {() => void} onOpen
 * @property {(data: string|ArrayBuffer) => void} onMessage
 * @property {(code: number, reason: string) => void} onClose
 */
/** @typedef {(url: string, subprotocol: string, handlers: Handlers) => Link} Transport */

/**
 * The transport for this place: WeChat's, a browser's or Node's.
 * @param {any} [place] the global object
 * @returns {Transport}
 * @throws {TypeError} nothing here can connect
 */
export function transportHere(place = globalThis) {
  if (typeof place.wx?.connectSocket === 'function') return wechat({ wx: place.wx });
  if (typeof place.process?.versions?.node === 'string') return node(place === globalThis ? {} : place);
  return browser({ WebSocket: place.WebSocket });
}
