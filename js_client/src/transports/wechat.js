/**
 * The transport of a WeChat mini-game, over `wx.connectSocket`: WeChat has no WebSocket class.
 */

/**
 * @param {object} place
 * @param {any} [place.wx]
 * @param {boolean} [place.tcpNoDelay] ask WeChat to send small messages at once
 * @returns {import('./index.js').Transport}
 * @throws {TypeError} this is not WeChat
 */
export function wechat({ wx = /** @type {any} */ (globalThis).wx, tcpNoDelay = false } = {}) {
  if (typeof wx?.connectSocket !== 'function') throw new TypeError('there is no wx.connectSocket here: this is not WeChat');
  return (url, subprotocol, { onOpen, onMessage, onClose }) => {
    let isClosed = false;
    /** @param {number} code @param {string} reason */
    const closed = (code, reason) => {
      if (isClosed) return;
      isClosed = true;
      onClose(code, reason);
    };
    /** @param {{errMsg?: string}} [error] */
    const failed = (error) => setTimeout(() => {
      // What failed may be a single send: the connection must not live on unseen, one of only five.
      task?.close({});
      closed(1006, error?.errMsg ?? 'the connection failed');
    });
    // With all five sockets in use connectSocket calls fail, and its task never opens.
    const task = wx.connectSocket({ url, protocols: [subprotocol], ...(tcpNoDelay && { tcpNoDelay }), fail: failed });
    task?.onOpen(() => onOpen());
    task?.onMessage((/** @type {{data: string|ArrayBuffer}} */ { data }) => onMessage(data));
    task?.onClose((/** @type {{code: number, reason: string}} */ { code, reason }) => closed(code, reason));
    task?.onError(failed);
    return {
      send: (data) => task.send({ data: typeof data === 'string' ? data : exactBuffer(data), fail: failed }),
      close: (code, reason) => task?.close({ code, reason }),
    };
  };
}

/** WeChat sends an ArrayBuffer whole, so it must hold these bytes and no more. @param {Uint8Array} bytes */
function exactBuffer(bytes) {
  if (bytes.byteLength === bytes.buffer.byteLength) return bytes.buffer;
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
