/**
 * WebSocket over the kernel's sockets; where there is no network it closes with an error, as a browser's would.
 */

import { DOMException } from './aborting.js';
import { Blob, bufferOf, bytesOf } from './blobs.js';
import { Event, constants, trusted } from './event.js';
import { here, soon } from './here.js';
import { CloseEvent, MessageEvent } from './interface-events.js';
import { EventTarget, dispatch, handlersOf } from './targets.js';

/** The code of a connection that broke, or never was. */
const ABNORMAL = 1006;

export class WebSocket extends EventTarget {
  binaryType = 'blob';
  #url;
  #readyState = 0;
  /** @type {any} */
  #socket;

  /** @param {any} url @param {any} [protocols] */
  constructor(url, protocols = []) {
    super();
    const text = String(url);
    if (!/^wss?:|^https?:/i.test(text)) throw new DOMException(`The URL '${text}' is invalid.`, 'SyntaxError');
    this.#url = text.replace(/^http/i, 'ws');
    this.#socket = here.kernel.sockets?.connect(this.#url, [protocols].flat().map(String), {
      onOpen: () => {
        this.#readyState = 1;
        this.#tell(new Event('open'));
      },
      onMessage: (/** @type {any} */ data) => this.#receive(data),
      onClose: (/** @type {number} */ code, /** @type {string} */ reason) => this.#end(code, reason),
      onError: () => this.#tell(new Event('error')),
    });
    if (!this.#socket) soon(() => this.#fail());
  }

  get url() { return this.#url; }
  get readyState() { return this.#readyState; }
  get bufferedAmount() { return 0; }
  get protocol() { return this.#socket?.protocol ?? ''; }
  get extensions() { return ''; }

  /** @param {any} data */
  send(data) {
    if (this.#readyState === 0) throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
    if (this.#readyState === 1) this.#socket.send(typeof data === 'string' ? data : bufferOf(bytesOf(data)));
  }

  /** @param {number} [code] @param {string} [reason] */
  close(code = 1000, reason = '') {
    if (this.#readyState >= 2) return;
    this.#readyState = 2;
    this.#socket?.close(code, reason);
  }

  /** @param {any} data */
  #receive(data) {
    const isText = typeof data === 'string';
    this.#tell(new MessageEvent('message', { data: isText || this.binaryType === 'arraybuffer' ? data : new Blob([data]), origin: this.#url }));
  }

  #fail() {
    here.kernel.report.note('network', this.#url);
    this.#tell(new Event('error'));
    this.#end(ABNORMAL, '');
  }

  /** @param {number} code @param {string} reason */
  #end(code, reason) {
    if (this.#readyState === 3) return;
    this.#readyState = 3;
    this.#tell(new CloseEvent('close', { code, reason, wasClean: code !== ABNORMAL }));
  }

  /** @param {Event} event */
  #tell(event) {
    dispatch(this, trusted(event));
  }
}
constants(WebSocket, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 });
handlersOf(WebSocket, 'open message error close');
