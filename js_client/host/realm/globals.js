/**
 * The globals that pages, mini-games and Node have alike, in virtual time and with seeded chance: timers, Date,
 * performance, Math.random, crypto, console, URLs and text encodings.
 */

/** @param {import('./kernel.js').Kernel} kernel */
export function installGlobals(kernel) {
  const { scope, clock } = kernel;
  defineAll(scope, { ...timers(kernel), ...lent(kernel), ...strongReferences() });
  defineAll(scope, {
    Date: virtualDate(scope.Date, clock.date),
    performance: virtualPerformance(kernel),
    crypto: seededCrypto(kernel),
    console: quietConsole(kernel),
    structuredClone: cloned,
  });
  // A getter costs nothing here, and the game may still replace the function.
  scope.Math.random = () => kernel.random.next();
}

/** Defines globals as platforms do: hidden from enumeration, and the game's to replace. @param {any} scope @param {Record<string, any>} globals */
export function defineAll(scope, globals) {
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(scope, name, { value, configurable: true, writable: true, enumerable: false });
  }
}

/** @param {import('./kernel.js').Kernel} kernel */
function timers({ clock, natives, run }) {
  /** Text instead of a function is as old as the web. @param {any} work @returns {Function} */
  const callable = (work) => (typeof work === 'function' ? work : natives.compile(String(work), 'timer', []));
  return {
    setTimeout: (/** @type {any} */ work, /** @type {any} */ delay, /** @type {any[]} */ ...args) => clock.later(callable(work), delay, args),
    setInterval: (/** @type {any} */ work, /** @type {any} */ delay, /** @type {any[]} */ ...args) => clock.repeat(callable(work), delay, args),
    setImmediate: (/** @type {any} */ work, /** @type {any[]} */ ...args) => clock.later(work, 0, args),
    clearTimeout: clock.cancel, clearInterval: clock.cancel, clearImmediate: clock.cancel,
    requestAnimationFrame: clock.frame, cancelAnimationFrame: clock.cancelFrame,
    queueMicrotask: (/** @type {Function} */ work) => { Promise.resolve().then(() => run(work)); },
  };
}

/** @param {import('./kernel.js').Kernel} kernel */
function lent({ natives: { lend } }) {
  const { URL, URLSearchParams, TextDecoder, TextEncoder: Encoder, atob, btoa } = lend;
  // What it gives must be of this realm, or `instanceof Uint8Array` fails.
  class TextEncoder {
    encoding = 'utf-8';

    encode(text = '') {
      return new Uint8Array(new Encoder().encode(String(text)));
    }
  }
  return { URL, URLSearchParams, TextDecoder, TextEncoder, atob, btoa };
}

/** What the garbage collector does must not be seen: it differs from run to run. */
function strongReferences() {
  class WeakRef {
    #target;

    /** @param {object} target */
    constructor(target) {
      this.#target = target;
    }

    deref() {
      return this.#target;
    }
  }
  class FinalizationRegistry {
    register() {}

    unregister() {}
  }
  return { WeakRef, FinalizationRegistry };
}

/** @param {DateConstructor} Real @param {() => number} now */
function virtualDate(Real, now) {
  /** @this {any} @param {any[]} args */
  function Date(...args) {
    if (!new.target) return new Real(now()).toString();
    return Reflect.construct(Real, args.length > 0 ? args : [now()], new.target);
  }
  Date.prototype = Real.prototype;
  Object.defineProperty(Real.prototype, 'constructor', { value: Date, configurable: true, writable: true });
  return Object.assign(Date, { now: () => Math.floor(now()), parse: Real.parse, UTC: Real.UTC });
}

/** @param {import('./kernel.js').Kernel} kernel */
function virtualPerformance({ clock }) {
  const timeOrigin = clock.date();
  const entry = (/** @type {string} */ name) => ({ name, startTime: clock.now(), duration: 0, entryType: 'mark', detail: null });
  return {
    timeOrigin, now: clock.now, mark: entry, measure: entry,
    clearMarks() {}, clearMeasures() {},
    getEntries: () => [], getEntriesByName: () => [], getEntriesByType: () => [],
    timing: { navigationStart: timeOrigin }, memory: { usedJSHeapSize: 0, totalJSHeapSize: 0, jsHeapSizeLimit: 2 ** 31 },
  };
}

/** @param {import('./kernel.js').Kernel} kernel */
function seededCrypto({ random }) {
  /** @param {ArrayBufferView} array */
  const getRandomValues = (array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = random.uint32() >>> 24;
    return array;
  };
  return { getRandomValues, randomUUID: () => uuid(getRandomValues(new Uint8Array(16))) };
}

/** @param {any} bytes sixteen random ones */
function uuid(bytes) {
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const LEVELS = ['debug', 'log', 'info', 'warn', 'error', 'trace', 'dir', 'table', 'group', 'groupCollapsed'];
const SILENT = ['groupEnd', 'time', 'timeEnd', 'timeLog', 'count', 'countReset', 'clear', 'profile', 'profileEnd'];

/** @param {import('./kernel.js').Kernel} kernel */
function quietConsole({ natives }) {
  /** @type {Record<string, Function>} */
  const console = {};
  for (const level of LEVELS) console[level] = (/** @type {any[]} */ ...words) => natives.log(level, words.map(shownWord).join(' '));
  for (const name of SILENT) console[name] = () => {};
  console.assert = (/** @type {any} */ holds, /** @type {any[]} */ ...words) => { if (!holds) console.error('Assertion failed:', ...words); };
  return console;
}

/** @param {any} word */
function shownWord(word) {
  if (typeof word === 'string') return word;
  if (word instanceof Error) return String(word.stack ?? word);
  try {
    return typeof word === 'object' ? JSON.stringify(word) : String(word);
  } catch {
    return Object.prototype.toString.call(word);
  }
}

/** A deep copy of plain data, dates, maps, sets, buffers and errors, also where they refer to themselves. @param {any} value */
function cloned(value, seen = new Map()) {
  if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError('DataCloneError: it could not be cloned');
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  const copy = emptyCopy(value);
  seen.set(value, copy);
  if (value instanceof Map) for (const [key, entry] of value) copy.set(cloned(key, seen), cloned(entry, seen));
  else if (value instanceof Set) for (const entry of value) copy.add(cloned(entry, seen));
  else if (Array.isArray(value) || isPlain(value)) for (const key of Object.keys(value)) copy[key] = cloned(value[key], seen);
  return copy;
}

/** @param {any} value */
function emptyCopy(value) {
  if (Array.isArray(value)) return new Array(value.length);
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof RegExp) return new RegExp(value.source, value.flags);
  if (value instanceof Error) return Object.assign(new Error(value.message), { name: value.name });
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return /** @type {any} */ (value).slice(0);
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  return {};
}

/** @param {any} value */
function isPlain(value) {
  return !(value instanceof Date || value instanceof RegExp || value instanceof Error
    || value instanceof ArrayBuffer || ArrayBuffer.isView(value));
}
