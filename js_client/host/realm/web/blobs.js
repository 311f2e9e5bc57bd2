/**
 * Blob, File and FileReader, and object URLs for them.
 */

import { fromUtf8, toBase64, toUtf8 } from '../../../src/bytes.js';
import { constants, trusted } from './event.js';
import { here, soon } from './here.js';
import { ProgressEvent } from './interface-events.js';
import { EventTarget, dispatch, handlersOf } from './targets.js';

/** Of a blob: its bytes. */
const CONTENT = Symbol('content');

export class Blob {
  /** @type {Uint8Array<ArrayBuffer>} */
  [CONTENT];
  #type;

  /** @param {any} [parts] @param {any} [options] */
  constructor(parts = [], options = {}) {
    this[CONTENT] = joinedBytes(Array.from(parts, bytesOf));
    this.#type = String(options.type ?? '').toLowerCase();
  }

  get size() { return this[CONTENT].length; }
  get type() { return this.#type; }

  /** @param {number} [start] @param {number} [end] @param {string} [type] */
  slice(start = 0, end = this.size, type = '') {
    return new Blob([this[CONTENT].slice(start, end)], { type });
  }

  /** @returns {Promise<string>} */
  text() {
    return later(() => fromUtf8(this[CONTENT]));
  }

  /** @returns {Promise<ArrayBuffer>} */
  arrayBuffer() {
    return later(() => bufferOf(this[CONTENT]));
  }

  /** @returns {Promise<Uint8Array>} */
  bytes() {
    return later(() => this[CONTENT].slice());
  }

  get [Symbol.toStringTag]() { return this.constructor.name; }
}

export class File extends Blob {
  #name;
  #lastModified;

  /** @param {any} parts @param {any} name @param {any} [options] */
  constructor(parts, name, options = {}) {
    super(parts, options);
    this.#name = String(name);
    this.#lastModified = options.lastModified ?? here.kernel.clock.date();
  }

  get name() { return this.#name; }
  get lastModified() { return this.#lastModified; }
}

/** What can be sent or be a part of a blob, as bytes. @param {any} part @returns {Uint8Array} */
export function bytesOf(part) {
  if (part instanceof Blob) return part[CONTENT];
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  if (part instanceof ArrayBuffer || Object.prototype.toString.call(part) === '[object ArrayBuffer]') return new Uint8Array(part);
  return toUtf8(String(part));
}

/** @param {Uint8Array[]} parts @returns {Uint8Array<ArrayBuffer>} a copy */
function joinedBytes(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {Uint8Array} bytes @returns {ArrayBuffer} a copy */
export function bufferOf(bytes) {
  return /** @type {ArrayBuffer} */ (bytes.slice().buffer);
}

/** A promise that is kept as a task in virtual time. @template T @param {() => T} give @returns {Promise<T>} */
export function later(give) {
  return new Promise((resolve, reject) => {
    soon(() => {
      try {
        resolve(give());
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** @param {Uint8Array} bytes @param {string} type */
export function dataUrl(bytes, type) {
  return `data:${type || 'application/octet-stream'};base64,${toBase64(bytes)}`;
}

/** @param {Uint8Array} bytes */
function binaryString(bytes) {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

export class FileReader extends EventTarget {
  /** @type {any} */
  result = null;
  /** @type {any} */
  error = null;
  readyState = 0;
  /** @type {number|undefined} */
  #task;

  /** @param {Blob} blob */
  readAsText(blob) { this.#read(() => fromUtf8(blob[CONTENT])); }
  /** @param {Blob} blob */
  readAsArrayBuffer(blob) { this.#read(() => bufferOf(blob[CONTENT])); }
  /** @param {Blob} blob */
  readAsDataURL(blob) { this.#read(() => dataUrl(blob[CONTENT], blob.type)); }
  /** @param {Blob} blob */
  readAsBinaryString(blob) { this.#read(() => binaryString(blob[CONTENT])); }

  abort() {
    here.kernel.clock.cancel(this.#task);
    this.readyState = 2;
    this.#tell('abort');
    this.#tell('loadend');
  }

  /** @param {() => any} give */
  #read(give) {
    this.readyState = 1;
    this.#task = soon(() => {
      this.#tell('loadstart');
      this.result = give();
      this.readyState = 2;
      this.#tell('load');
      this.#tell('loadend');
    });
  }

  /** @param {string} type */
  #tell(type) {
    dispatch(this, trusted(new ProgressEvent(type)));
  }
}
constants(FileReader, { EMPTY: 0, LOADING: 1, DONE: 2 });
handlersOf(FileReader, 'loadstart progress load abort error loadend');

let blobNumber = 0;

/** A URL class of this realm that makes object URLs: the given one may be shared by all realms. @param {any} Shared @returns {any} */
export function objectUrls(Shared) {
  return class URL extends Shared {
    /** @param {any} blob */
    static createObjectURL(blob) {
      blobNumber += 1;
      const url = `blob:https://game.stepwire/${String(blobNumber).padStart(8, '0')}-0000-4000-8000-000000000000`;
      here.blobs.set(url, blob);
      return url;
    }

    /** @param {any} url */
    static revokeObjectURL(url) {
      here.blobs.delete(String(url));
    }
  };
}
