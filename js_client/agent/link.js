/**
 * One WebSocket to a server, from dialling to its end. Knows addresses and close codes, nothing of requests.
 */

import { promise } from '../src/connection.js';
import { ConnectFailed, ConnectionClosed, ConnectionError } from './errors.js';

/** Bytes that a close frame has for the reason. */
const LONGEST_REASON = 123;
const NORMAL_CLOSURE = 1000;
/** There was no closing handshake. */
const ABNORMAL = 1006;
/** Milliseconds that the other side has for its part of closing. */
const CLOSING = 3000;
/** Milliseconds; with more a timer would ring at once. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** WebSockets keep a server's answer to themselves where it is a refusal. */
const NOBODY = 'nobody answers there, or the server refuses, as it does without its token; its log says why';
/** A server that knows no subprotocols is refused by most WebSockets themselves, and they do not say why. */
const HINT = 'an old gymie server needs {classic: true}';

/**
 * @typedef {object} Events
 * @property {(text: string) => void} onMessage
 * @property {(error: ConnectionError) => void} onError before `onEnd`, where the connection broke
 * @property {(error: ConnectionClosed|ConnectionError, code: number, reason: string) => void} onEnd once, where it had been open
 */
/**
 * @typedef {object} Link
 * @property {Promise<void>} opened rejects with ConnectFailed
 * @property {(text: string) => void} send
 * @property {(code?: number, reason?: string) => Promise<void>} close resolves when it is closed; may be called twice
 */

/**
 * @param {string} url of a WebSocket
 * @param {string[]} protocols offered; the server has to choose one of them where there are any
 * @param {number} timeout milliseconds that opening may take
 * @param {Events} events none comes before `dialled` has returned
 * @returns {Link}
 * @throws {ConnectFailed} there is no WebSocket here, or the URL is none
 */
export function dialled(url, protocols, timeout, { onMessage, onError, onEnd }) {
  const socket = madeSocket(url, protocols);
  const opened = promise();
  const ended = promise();
  let [isOpen, isOver] = [false, false];
  /** @type {ConnectionError|undefined} */
  let broken;

  /** Does nothing where it is open already. @param {string} why */
  const refuse = (why) => {
    clearTimeout(patience);
    opened.reject(new ConnectFailed(`no connection to ${shownUrl(url)}: ${why}`));
  };
  const patience = setTimeout(() => {
    refuse(`it took more than ${timeout} ms`);
    socket.close();
  }, Math.min(timeout, LONGEST_TIMER));

  /** @param {number} code @param {string} reason */
  const end = (code, reason) => {
    if (isOver) return;
    isOver = true;
    refuse(reason || `${NOBODY}${protocols.length > 0 ? `; ${HINT}` : ''}`);
    ended.resolve();
    if (isOpen) onEnd(broken ?? new ConnectionClosed(code, reason), code, reason);
  };

  const breaks = () => {
    // Node 22 tells no close of a connection that never opened.
    if (!isOpen) return end(ABNORMAL, '');
    if (broken || isOver) return undefined;
    broken = new ConnectionError('the connection broke');
    return onError(broken);
  };

  socket.onopen = () => {
    if (protocols.length > 0 && !protocols.includes(socket.protocol)) {
      refuse(`it does not speak ${protocols.join(' or ')}; ${HINT}`);
      socket.close();
      return;
    }
    clearTimeout(patience);
    isOpen = true;
    opened.resolve();
  };
  socket.onmessage = ({ data }) => {
    if (isOpen && !isOver && typeof data === 'string') onMessage(data);
  };
  socket.onerror = breaks;
  socket.onclose = ({ code, reason }) => {
    // Node 22 tells no error of a connection that broke.
    if (code === ABNORMAL) breaks();
    end(code, reason);
  };

  return {
    opened: opened.promise,
    send: (text) => socket.send(text),
    close(code = NORMAL_CLOSURE, reason = '') {
      refuse('it was closed before it was open');
      socket.close(allowed(code), fitting(reason));
      const enough = setTimeout(() => end(code, reason), CLOSING);
      return ended.promise.finally(() => clearTimeout(enough));
    },
  };
}

/**
 * The WebSocket address that is meant: the old client wanted `http:`, and its README left the path out.
 * @param {string|URL} address @param {string} [token]
 * @returns {string}
 * @throws {ConnectFailed} it is no URL of a WebSocket
 */
export function socketUrl(address, token) {
  const meant = String(address).replace(/^http/, 'ws');
  if (!/^wss?:/.test(meant) || !URL.canParse(meant)) throw new ConnectFailed(`no address: ${address}, expected one like ws://127.0.0.1:5000/gym`);
  const url = new URL(meant);
  if (url.pathname === '/') url.pathname = '/gym';
  if (token) url.searchParams.set('token', token);
  return url.href;
}

/** Without what may be secret. @param {string} url */
function shownUrl(url) {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** @param {string} url @param {string[]} protocols */
function madeSocket(url, protocols) {
  if (typeof WebSocket === 'undefined') throw new ConnectFailed('there is no WebSocket here: Node has one from version 22 on');
  try {
    return new WebSocket(url, protocols);
  } catch (error) {
    throw new ConnectFailed(`no connection to ${shownUrl(url)}: ${/** @type {Error} */ (error).message}`);
  }
}

/** Scripts may close with 1000 and with 3000 to 4999 only. @param {number} code */
function allowed(code) {
  return code === NORMAL_CLOSURE || (code >= 3000 && code < 5000) ? code : NORMAL_CLOSURE;
}

/** The reason, cut between two characters where it is too long. @param {string} reason */
function fitting(reason) {
  const letters = [...reason];
  while (new TextEncoder().encode(letters.join('')).length > LONGEST_REASON) letters.pop();
  return letters.join('');
}
