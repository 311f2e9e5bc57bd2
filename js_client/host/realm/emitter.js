/**
 * Node's EventEmitter, as much of it as games use, in the realm's own objects.
 */

export class EventEmitter {
  /** @type {Map<string|symbol, Function[]>} */
  #listeners = new Map();

  /** @param {string|symbol} name @param {Function} listener */
  on(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }

  /** @param {string|symbol} name @param {Function} listener */
  prependListener(name, listener) {
    this.#listeners.set(name, [listener, ...(this.#listeners.get(name) ?? [])]);
    return this;
  }

  /** @param {string|symbol} name @param {any} listener */
  once(name, listener) {
    const once = (/** @type {any[]} */ ...args) => {
      this.off(name, once);
      Reflect.apply(listener, this, args);
    };
    return this.on(name, Object.assign(once, { listener }));
  }

  /** @param {string|symbol} name @param {Function} listener */
  off(name, listener) {
    const known = this.#listeners.get(name) ?? [];
    const at = known.findLastIndex((one) => one === listener || /** @type {any} */ (one).listener === listener);
    if (at >= 0) this.#listeners.set(name, known.toSpliced(at, 1));
    return this;
  }

  /** @param {string|symbol} [name] */
  removeAllListeners(name) {
    if (name === undefined) this.#listeners.clear();
    else this.#listeners.delete(name);
    return this;
  }

  /** @param {string|symbol} name @param {any[]} args @throws what a listener throws, and an 'error' that nobody listens to */
  emit(name, ...args) {
    const known = this.#listeners.get(name) ?? [];
    if (name === 'error' && known.length === 0) throw args[0] instanceof Error ? args[0] : new Error(`Unhandled error. (${String(args[0])})`);
    for (const listener of known) Reflect.apply(listener, this, args);
    return known.length > 0;
  }

  /** @param {string|symbol} name */
  listeners(name) {
    return (this.#listeners.get(name) ?? []).map((one) => /** @type {any} */ (one).listener ?? one);
  }

  /** @param {string|symbol} name */
  listenerCount(name) {
    return this.#listeners.get(name)?.length ?? 0;
  }

  eventNames() {
    return [...this.#listeners].filter(([, known]) => known.length > 0).map(([name]) => name);
  }

  setMaxListeners() {
    return this;
  }

  /** @param {string|symbol} name @param {Function} listener */
  addListener(name, listener) {
    return this.on(name, listener);
  }

  /** @param {string|symbol} name @param {Function} listener */
  removeListener(name, listener) {
    return this.off(name, listener);
  }
}
