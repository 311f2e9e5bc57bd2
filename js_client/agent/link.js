/**
 * One WebSocket to a server, from dialling to its end. Knows addresses and close codes, nothing of requests.
 */

import { ConnectFailed, ConnectionClosed, ConnectionError } from './errors.js';

/** Bytes that a close frame has for the reason. */
const LONGEST_REASON = 123;
const NORMAL_CLOSURE = 1000;
/** Milliseconds that the other side has for its part of closing. */
const CLOSING = 3000;
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
  let isOpen = false;
  /** @type {ConnectionError|undefined} */
  let broken;
  /** @type {() => void} */
  let settle = () => {};
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => { settle = resolve; });

  /** @param {number} code @param {string} reason */
  const end = (code, reason) => {
    socket.onmessage = socket.onerror = socket.onclose = null;
    settle();
    if (isOpen) onEnd(broken ?? new ConnectionClosed(code, reason), code, reason);
    isOpen = false;
  };

  /** @type {Promise<void>} */
  const opened = new Promise((resolve, reject) => {
    /** @param {string} why */
    const fail = (why) => {
      clearTimeout(patience);
      reject(new ConnectFailed(`no connection to ${shownUrl(url)}: ${why}`));
    };
    const patience = setTimeout(() => {
      fail(`it took more than ${timeout} ms`);
      socket.close();
    }, Math.min(timeout, 2 ** 31 - 1));
    socket.onopen = () => {
      if (protocols.length > 0 && !protocols.includes(socket.protocol)) {
        fail(`it does not speak ${protocols.join(' or ')}; ${HINT}`);
        socket.close();
        return;
      }
      clearTimeout(patience);
      isOpen = true;
      resolve();
    };
    socket.onclose = ({ code, reason }) => {
      fail(reason || `nobody answers there, or it is refused${protocols.length > 0 ? `; ${HINT}` : ''}`);
      end(code, reason);
    };
  });
  socket.onmessage = ({ data }) => {
    if (isOpen && typeof data === 'string') onMessage(data);
  };
  socket.onerror = () => {
    if (!isOpen) return;
    broken = new ConnectionError('the connection broke');
    onError(broken);
  };

  return {
    opened,
    send: (text) => socket.send(text),
    close(code = NORMAL_CLOSURE, reason = '') {
      socket.close(allowed(code), fitting(reason));
      const enough = setTimeout(() => end(code, reason), CLOSING);
      return ended.finally(() => clearTimeout(enough));
    },
  };
}

/**
 * The WebSocket address that is meant: the old client wanted `http:`, and its README left the path out.
 * @param {string} address @param {string} [token]
 * @returns {string}
 * @throws {ConnectFailed} it is no URL
 */
export function socketUrl(address, token) {
  if (!URL.canParse(address)) throw new ConnectFailed(`no address: ${address}`);
  const url = new URL(address.replace(/^http/, 'ws'));
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
