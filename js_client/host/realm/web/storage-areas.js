/**
 * localStorage and sessionStorage: also with entries as properties, as `localStorage.best = 5`.
 */

import { DOMException } from './aborting.js';
import { here } from './here.js';

/** What keeps the texts. @typedef {{get: Function, set: Function, remove: Function, clear: () => void, keys: () => string[]}} Store */

const STORE = Symbol('store');

export class Storage {
  /** @param {Store} store */
  constructor(store) {
    Object.defineProperty(this, STORE, { value: store });
  }

  /** @returns {number} */
  get length() { return storeOf(this).keys().length; }
  /** @param {number} index @returns {string|null} */
  key(index) { return storeOf(this).keys()[index] ?? null; }
  /** @param {any} key @returns {string|null} */
  getItem(key) { return storeOf(this).get(String(key)); }
  /** @param {any} key @param {any} value */
  setItem(key, value) {
    try {
      storeOf(this).set(String(key), String(value));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new DOMException(`Setting the value of '${key}' exceeded the quota.`, 'QuotaExceededError');
    }
  }

  /** @param {any} key */
  removeItem(key) { storeOf(this).remove(String(key)); }
  clear() { storeOf(this).clear(); }
  get [Symbol.toStringTag]() { return 'Storage'; }
}

/** @param {any} storage @returns {Store} */
function storeOf(storage) {
  return storage[STORE];
}

/** Entries as properties. @type {ProxyHandler<Storage>} */
const entriesAsProperties = {
  get(storage, key) {
    if (typeof key === 'symbol' || key in storage) return /** @type {any} */ (storage)[key];
    return storage.getItem(key) ?? undefined;
  },
  set(storage, key, value) {
    if (typeof key === 'string') storage.setItem(key, value);
    return true;
  },
  has: (storage, key) => key in storage || storage.getItem(key) !== null,
  deleteProperty(storage, key) {
    storage.removeItem(key);
    return true;
  },
  ownKeys: (storage) => [...storeOf(storage).keys(), STORE],
  getOwnPropertyDescriptor(storage, key) {
    if (typeof key === 'symbol') return Object.getOwnPropertyDescriptor(storage, key);
    const value = storage.getItem(key);
    return value === null ? undefined : { value, writable: true, enumerable: true, configurable: true };
  },
};

/** @param {Store} store @returns {Storage} */
function storageOver(store) {
  return new Proxy(new Storage(store), entriesAsProperties);
}

/** Over what the kernel keeps: also a soft reset's. */
export function localArea() {
  return storageOver(here.kernel.storage);
}

/** Over a Map of the page's own. */
export function sessionArea() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return storageOver({
    get: (/** @type {string} */ key) => kept.get(key) ?? null,
    set: (/** @type {string} */ key, /** @type {string} */ text) => kept.set(key, text),
    remove: (/** @type {string} */ key) => kept.delete(key),
    clear: () => kept.clear(),
    keys: () => [...kept.keys()],
  });
}
