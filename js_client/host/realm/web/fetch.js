/**
 * fetch, with Headers, Request and Response. Answers come as tasks in virtual time.
 */

import { fromUtf8 } from '../../../src/bytes.js';
import { DOMException } from './aborting.js';
import { Blob, bufferOf, bytesOf } from './blobs.js';
import { FormData } from './forms.js';
import { soon } from './here.js';
import { absoluteUrl, resource } from './resources.js';

/** Of a body: its bytes, unread. */
const PEEKED = Symbol('peeked');
/** Of the dictionary of a response: the URL it came from. */
const ARRIVED = Symbol('arrived');

export class Headers {
  /** @type {Map<string, string>} */
  #values = new Map();

  /** @param {any} [init] */
  constructor(init = {}) {
    const pairs = init[Symbol.iterator] ? init : Object.entries(init);
    for (const [name, value] of pairs) this.append(name, value);
  }

  /** @param {string} name @param {any} value */
  append(name, value) {
    const before = this.get(name);
    this.set(name, before === null ? value : `${before}, ${value}`);
  }

  /** @param {string} name @param {any} value */
  set(name, value) { this.#values.set(String(name).toLowerCase(), String(value).trim()); }
  /** @param {string} name */
  get(name) { return this.#values.get(String(name).toLowerCase()) ?? null; }
  /** @param {string} name */
  has(name) { return this.#values.has(String(name).toLowerCase()); }
  /** @param {string} name */
  delete(name) { this.#values.delete(String(name).toLowerCase()); }
  /** @param {Function} work @param {any} [self] */
  forEach(work, self) {
    for (const [name, value] of this) Reflect.apply(work, self, [value, name, this]);
  }

  keys() { return [...this].map(([name]) => name).values(); }
  values() { return [...this].map(([, value]) => value).values(); }
  entries() { return this[Symbol.iterator](); }
  [Symbol.iterator]() {
    return [...this.#values].sort(([a], [b]) => (a < b ? -1 : 1)).values();
  }
}

/** What a request and a response both have: bytes that are read once. */
class FetchedBody {
  /** @type {Uint8Array} */
  #bytes;
  #isUsed = false;

  /** @param {any} content */
  constructor(content) {
    this.#bytes = content === null || content === undefined ? new Uint8Array(0) : bytesOf(content);
  }

  get bodyUsed() { return this.#isUsed; }
  get body() { return bodyStream(() => this.#take()); }
  async text() { return fromUtf8(this.#take()); }
  async json() { return JSON.parse(fromUtf8(this.#take())); }
  async arrayBuffer() { return bufferOf(this.#take()); }
  async bytes() { return this.#take().slice(); }
  async blob() { return new Blob([this.#take()], { type: this.headers.get('content-type') ?? '' }); }
  async formData() { return new FormData(); }

  /** @returns {Headers} */
  get headers() { return NO_HEADERS; }

  /** The bytes, for a copy. */
  get [PEEKED]() { return this.#bytes; }

  #take() {
    if (this.#isUsed) throw new TypeError('body stream already read');
    this.#isUsed = true;
    return this.#bytes;
  }
}

const NO_HEADERS = new Headers();

/** A stream of one piece. @param {() => Uint8Array} take */
function bodyStream(take) {
  const read = { isDone: false };
  const reader = {
    closed: Promise.resolve(), releaseLock() {},
    async cancel() {},
    async read() {
      if (read.isDone) return { done: true, value: undefined };
      read.isDone = true;
      return { done: false, value: take() };
    },
  };
  return { locked: false, getReader: () => reader, async cancel() {} };
}

export class Request extends FetchedBody {
  /** @type {string} */
  #url;
  /** @type {string} */
  #method;
  /** @type {Headers} */
  #headers;
  /** @type {any} */
  #signal;

  /** @param {any} input @param {any} [init] */
  constructor(input, init = {}) {
    const isCopy = input instanceof Request;
    super(init.body ?? (isCopy ? input[PEEKED] : undefined));
    this.#url = isCopy ? input.url : absoluteUrl(input);
    this.#method = String(init.method ?? (isCopy ? input.method : 'GET')).toUpperCase();
    this.#headers = new Headers(init.headers ?? (isCopy ? input.headers : {}));
    this.#signal = init.signal ?? (isCopy ? input.signal : undefined);
  }

  get url() { return this.#url; }
  get method() { return this.#method; }
  get headers() { return this.#headers; }
  get signal() { return this.#signal; }
  get mode() { return 'cors'; }
  get credentials() { return 'same-origin'; }
  clone() { return new Request(this); }
}

export class Response extends FetchedBody {
  /** @type {number} */
  #status;
  /** @type {string} */
  #statusText;
  /** @type {Headers} */
  #headers;
  /** @type {string} */
  #url;
  /** @type {string} */
  #type;

  /** @param {any} [content] @param {any} [init] */
  constructor(content, init = {}) {
    super(content);
    this.#status = init.status ?? 200;
    this.#statusText = init.statusText ?? '';
    this.#headers = new Headers(init.headers);
    this.#url = init[ARRIVED] ?? '';
    this.#type = init[ARRIVED] ? 'basic' : 'default';
    if (typeof content === 'string' && !this.#headers.has('content-type')) this.#headers.set('content-type', 'text/plain;charset=UTF-8');
  }

  get status() { return this.#status; }
  get statusText() { return this.#statusText; }
  get ok() { return this.#status >= 200 && this.#status < 300; }
  get headers() { return this.#headers; }
  get url() { return this.#url; }
  get type() { return this.#type; }
  get redirected() { return false; }
  clone() {
    const { status, statusText, headers } = this;
    return new Response(this[PEEKED], { status, statusText, headers, [ARRIVED]: this.#url });
  }

  static error() { return new Response(null, { status: 0 }); }
  /** @param {any} value @param {any} [init] */
  static json(value, init = {}) {
    return new Response(JSON.stringify(value), { ...init, headers: { 'content-type': 'application/json', ...init.headers } });
  }
}

/** @param {any} input @param {any} [init] @returns {Promise<Response>} */
export function fetch(input, init) {
  return new Promise((resolve, reject) => {
    const request = new Request(input, init);
    const { signal } = request;
    const abort = () => reject(signal.reason ?? new DOMException('The user aborted a request.', 'AbortError'));
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort);
    soon(() => {
      const found = resource(request.url, request.method);
      if (found === undefined) return reject(new TypeError('Failed to fetch'));
      resolve(answered(found, request.method));
    });
  });
}

/** @param {import('./resources.js').Resource} found @param {string} method */
function answered({ status, bytes, type, url }, method) {
  const headers = { 'content-type': type, 'content-length': bytes.length };
  return new Response(method === 'HEAD' ? null : bytes, { status, statusText: statusText(status), headers, [ARRIVED]: url });
}

/** @param {number} status */
export function statusText(status) {
  return /** @type {Record<number, string>} */ ({ 200: 'OK', 404: 'Not Found', 405: 'Method Not Allowed' })[status] ?? '';
}
