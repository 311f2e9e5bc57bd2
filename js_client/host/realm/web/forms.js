/**
 * FormData: names and values, in order.
 */

export class FormData {
  /** @type {[string, any][]} */
  #entries = [];

  /** @param {any} [form] a <form> element */
  constructor(form) {
    for (const control of form?.elements ?? []) {
      const { name, type, value } = control;
      if (!name || control.disabled || ((type === 'checkbox' || type === 'radio') && !control.checked)) continue;
      this.append(name, value);
    }
  }

  /** @param {any} name @param {any} value */
  append(name, value) { this.#entries.push([String(name), formValue(value)]); }
  /** @param {any} name @param {any} value */
  set(name, value) {
    const at = this.#entries.findIndex(([other]) => other === String(name));
    if (at < 0) return this.append(name, value);
    const before = this.#entries.slice(0, at);
    const after = this.#entries.slice(at + 1).filter(([other]) => other !== String(name));
    this.#entries = [...before, [String(name), formValue(value)], ...after];
  }

  /** @param {any} name */
  get(name) { return this.#entries.find(([other]) => other === String(name))?.[1] ?? null; }
  /** @param {any} name */
  getAll(name) { return this.#entries.filter(([other]) => other === String(name)).map(([, value]) => value); }
  /** @param {any} name */
  has(name) { return this.#entries.some(([other]) => other === String(name)); }
  /** @param {any} name */
  delete(name) { this.#entries = this.#entries.filter(([other]) => other !== String(name)); }
  /** @param {Function} work @param {any} [self] */
  forEach(work, self) {
    for (const [name, value] of this) Reflect.apply(work, self, [value, name, this]);
  }

  keys() { return this.#entries.map(([name]) => name).values(); }
  values() { return this.#entries.map(([, value]) => value).values(); }
  entries() { return this[Symbol.iterator](); }
  [Symbol.iterator]() { return this.#entries.slice().values(); }
}

/** @param {any} value */
function formValue(value) {
  return typeof value === 'object' && value !== null ? value : String(value);
}
