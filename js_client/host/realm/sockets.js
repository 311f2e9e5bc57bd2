/**
 * WebSockets for whatever API a game has: over the natives where a network is given, and else as when there is none.
 *
 * Every event is a task in virtual time, never in the tick that caused it, and the events of one socket keep their order.
 */

/** @typedef {import('./kernel.js').Kernel} Kernel */

/**
 * @typedef {object} SocketHandlers
 * @property {() => void} [onOpen]
 * @property {(data: string|ArrayBuffer) => void} [onMessage]
 * @property {(message: string) => void} [onError]
 * @property {(code: number, reason: string) => void} [onClose] exactly once, and last
 */
/** @typedef {{send: (data: any) => void, close: (code?: number, reason?: string) => void}} SocketLink */

/** What a connection's end is called that nobody announced. */
const ABNORMAL_CLOSURE = 1006;

/** @param {Kernel} kernel */
export function createSockets(kernel) {
  return {
    /**
     * @param {string} url @param {string|string[]} protocols @param {SocketHandlers} handlers
     * @returns {SocketLink}
     */
    connect(url, protocols, handlers) {
      const events = socketEvents(kernel, handlers);
      const { connect } = kernel.natives;
      if (connect) return linkedSocket(() => connect(String(url), [protocols].flat(), events), events);
      kernel.report.note('network', url.split('?', 1)[0]);
      events.onError('the network cannot be reached');
      events.onClose(ABNORMAL_CLOSURE, '');
      return { send: () => undefined, close: () => undefined };
    },
  };
}

/** @param {() => SocketLink} connect @param {Required<SocketHandlers>} events @returns {SocketLink} */
function linkedSocket(connect, events) {
  /** @type {SocketLink|undefined} */
  let link;
  try {
    link = connect();
  } catch (error) {
    events.onError(String(/** @type {any} */ (error)?.message ?? error));
    events.onClose(ABNORMAL_CLOSURE, '');
  }
  return {
    send: (data) => link?.send(data),
    close: (code = 1000, reason = '') => link?.close(code, reason),
  };
}

/** Turns what happens outside into tasks of the realm. @param {Kernel} kernel @param {SocketHandlers} handlers @returns {Required<SocketHandlers>} */
function socketEvents(kernel, handlers) {
  /** @type {(() => void)[]} */
  const waiting = [];
  let isOver = false;
  /** @param {() => void} event */
  const later = (event) => {
    if (isOver) return;
    waiting.push(event);
    // The first that waits, whichever task comes first: timers that were set deep inside others are delayed more.
    kernel.clock.later(() => waiting.shift()?.());
  };
  return {
    onOpen: () => later(() => handlers.onOpen?.()),
    onMessage: (data) => {
      const own = typeof data === 'string' ? data : bufferOfRealm(data);
      later(() => handlers.onMessage?.(own));
    },
    onError: (message) => later(() => handlers.onError?.(String(message))),
    onClose(code, reason) {
      later(() => handlers.onClose?.(code, String(reason)));
      isOver = true;
    },
  };
}

/** The bytes in a buffer of this realm. @param {any} data @returns {ArrayBuffer} */
function bufferOfRealm(data) {
  const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
  return new Uint8Array(bytes).buffer;
}
