/**
 * XMLHttpRequest, for what resources.js can find; asynchronous ones answer as a task in virtual time.
 */

import { fromUtf8 } from '../../../src/bytes.js';
import { DOMException } from './aborting.js';
import { Blob, bufferOf } from './blobs.js';
import { Event, constants, trusted } from './event.js';
import { statusText } from './fetch.js';
import { here, soon } from './here.js';
import { ProgressEvent } from './interface-events.js';
import { absoluteUrl, resource } from './resources.js';
import { EventTarget, dispatch, handlersOf } from './targets.js';

class XMLHttpRequestEventTarget extends EventTarget {}
handlersOf(XMLHttpRequestEventTarget, 'loadstart progress abort error load timeout loadend');

export class XMLHttpRequestUpload extends XMLHttpRequestEventTarget {}

export class XMLHttpRequest extends XMLHttpRequestEventTarget {
  responseType = '';
  timeout = 0;
  withCredentials = false;
  readyState = 0;
  status = 0;
  upload = new XMLHttpRequestUpload();
  #method = 'GET';
  #url = '';
  #isAsync = true;
  #mime = '';
  /** @type {import('./resources.js').Resource|undefined} */
  #found;
  /** @type {number|undefined} */
  #task;
  /** Made once: each reading gives the same object. @type {any} */
  #response;

  /** @param {any} method @param {any} url @param {boolean} [isAsync] */
  open(method, url, isAsync = true) {
    here.kernel.clock.cancel(this.#task);
    this.#method = String(method).toUpperCase();
    this.#url = absoluteUrl(url);
    this.#isAsync = isAsync;
    this.#forget();
    this.#become(1);
  }

  setRequestHeader() {
    if (this.readyState !== 1) throw new DOMException("The object's state must be OPENED.", 'InvalidStateError');
  }

  /** @param {string} type */
  overrideMimeType(type) {
    this.#mime = type;
  }

  send() {
    if (this.readyState !== 1) throw new DOMException("The object's state must be OPENED.", 'InvalidStateError');
    if (!this.#isAsync) return this.#answer();
    this.#tell('loadstart');
    this.#task = soon(() => this.#answer());
  }

  abort() {
    here.kernel.clock.cancel(this.#task);
    const wasUnderWay = this.#task !== undefined && this.readyState < 4;
    this.#forget();
    if (wasUnderWay) this.#end('abort');
    this.readyState = 0;
  }

  get statusText() { return statusText(this.status); }
  get responseURL() { return this.#found?.url ?? ''; }
  get responseText() { return this.#found && this.readyState >= 3 ? fromUtf8(this.#found.bytes) : ''; }
  get responseXML() {
    return this.#found && this.readyState === 4 ? new here.window.DOMParser().parseFromString(this.responseText, 'text/xml') : null;
  }

  get response() {
    if (this.responseType === '' || this.responseType === 'text') return this.responseText;
    if (this.readyState !== 4 || !this.#found) return null;
    return (this.#response ??= this.#converted(this.#found));
  }

  /** @param {string} name */
  getResponseHeader(name) {
    return this.#headers()[String(name).toLowerCase()] ?? null;
  }

  getAllResponseHeaders() {
    return Object.entries(this.#headers()).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  }

  /** @returns {Record<string, string>} */
  #headers() {
    return this.#found ? { 'content-length': String(this.#found.bytes.length), 'content-type': this.#found.type } : {};
  }

  /** @param {import('./resources.js').Resource} found */
  #converted({ bytes, type }) {
    switch (this.responseType) {
      case 'arraybuffer': return bufferOf(bytes);
      case 'blob': return new Blob([bytes], { type: this.#mime || type });
      case 'json': return parsedOrNull(fromUtf8(bytes));
      case 'document': return this.responseXML;
      default: return null;
    }
  }

  #answer() {
    this.#task = undefined;
    this.#found = resource(this.#url, this.#method);
    if (this.#found === undefined) {
      if (!this.#isAsync) throw new DOMException(`Failed to load '${this.#url}'.`, 'NetworkError');
      return this.#end('error');
    }
    this.status = this.#found.status;
    if (this.#isAsync) {
      this.#become(2);
      this.#become(3);
      this.#tell('progress');
    }
    this.#end('load');
  }

  /** @param {string} type */
  #end(type) {
    this.#become(4);
    this.#tell(type);
    this.#tell('loadend');
  }

  #forget() {
    this.#task = undefined;
    this.#found = undefined;
    this.#response = undefined;
    this.status = 0;
  }

  /** @param {number} state */
  #become(state) {
    this.readyState = state;
    dispatch(this, trusted(new Event('readystatechange')));
  }

  /** @param {string} type */
  #tell(type) {
    const loaded = this.#found?.bytes.length ?? 0;
    dispatch(this, trusted(new ProgressEvent(type, { lengthComputable: loaded > 0, loaded, total: loaded })));
  }
}
handlersOf(XMLHttpRequest, 'readystatechange');
constants(XMLHttpRequest, { UNSENT: 0, OPENED: 1, HEADERS_RECEIVED: 2, LOADING: 3, DONE: 4 });

/** @param {string} text */
function parsedOrNull(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
