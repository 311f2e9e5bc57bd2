/**
 * A transport over the WebSocket class that browsers and Node share.
 */

/** @typedef {import('./index.js').Transport} Transport */
/** @typedef {typeof globalThis.WebSocket} Socket */

/**
 * @param {Socket} Socket
 * @returns {Transport}
 */
export function standard(Socket) {
  return (url, subprotocol, { onOpen, onMessage, onClose }) => {
    const socket = new Socket(url, subprotocol);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => onOpen();
    socket.onmessage = (event) => onMessage(event.data);
    socket.onclose = (event) => onClose(event.code, event.reason);
    return {
      send: (data) => socket.send(/** @type {any} */ (data)),
      close: (code, reason) => socket.close(code, reason),
    };
  };
}
