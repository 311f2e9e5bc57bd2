/**
 * A stand-in for WeChat's `wx`, as far as sockets go, over real connections.
 *
 * As in WeChat: the task comes back at once and its events never in the same tick; `success` and `fail` only say
 * whether a call was accepted; listeners add up; binary data comes as an ArrayBuffer; there are at most five sockets;
 * sending before open calls `fail` and does not throw.
 */

const MOST_SOCKETS = 5;

export function standInWx() {
  const open = new Set();
  const calls = [];
  return {
    calls,
    connectSocket(options) {
      calls.push(options);
      if (open.size >= MOST_SOCKETS) {
        later(options.fail, { errMsg: 'connectSocket:fail exceed max task count' });
        return task(undefined);
      }
      const socket = new WebSocket(options.url, options.protocols);
      open.add(socket);
      socket.addEventListener('close', () => open.delete(socket));
      later(options.success, { errMsg: 'connectSocket:ok' });
      return task(socket);
    },
  };
}

/** @param {WebSocket|undefined} socket none where WeChat refused the connection: its task never tells anything */
function task(socket) {
  if (socket) socket.binaryType = 'arraybuffer';
  const on = (event, change) => (listener) => socket?.addEventListener(event, (fired) => later(listener, change(fired)));
  return {
    onOpen: on('open', () => ({ header: {} })),
    onMessage: on('message', ({ data }) => ({ data })),
    onClose: on('close', ({ code, reason }) => ({ code, reason })),
    onError: on('error', () => ({ errMsg: 'connect fail' })),
    send({ data, success, fail }) {
      if (socket?.readyState !== WebSocket.OPEN) return later(fail, { errMsg: 'sendSocketMessage:fail SocketTask.readyState is not OPEN' });
      if (typeof data !== 'string' && !(data instanceof ArrayBuffer)) throw new TypeError('data must be a string or an ArrayBuffer');
      socket.send(data);
      return later(success, { errMsg: 'sendSocketMessage:ok' });
    },
    close({ code = 1000, reason = '', success } = {}) {
      socket?.close(code, reason);
      later(success, { errMsg: 'closeSocket:ok' });
    },
  };
}

function later(callback, value) {
  if (callback) setTimeout(callback, 0, value);
}
