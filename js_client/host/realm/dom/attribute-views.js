/**
 * The views that scripts have of attributes: attributes, classList and dataset.
 */

import { DOMException } from '../web/aborting.js';
import { attribute, setAttributeOf } from './attributes.js';

export class Attr {
  /** @param {any} element @param {string} name @param {string} [value] of an attribute that is nowhere yet */
  constructor(element, name, value = '') {
    this.ownerElement = element;
    this.name = name;
    this.localName = name.replace(/^.*:/, '');
    this.detached = value;
  }

  get nodeName() { return this.name; }
  get nodeType() { return 2; }
  get specified() { return true; }
  get namespaceURI() { return null; }
  get value() { return this.ownerElement ? this.ownerElement.getAttribute(this.name) ?? '' : this.detached; }
  set value(value) {
    if (this.ownerElement) this.ownerElement.setAttribute(this.name, value);
    else this.detached = String(value);
  }

  get nodeValue() { return this.value; }
  get textContent() { return this.value; }
}

const ELEMENT = Symbol('element');

/** What an element has now. */
export class NamedNodeMap {
  /** @param {any} element */
  constructor(element) {
    Object.defineProperty(this, ELEMENT, { value: element });
    const names = element.getAttributeNames();
    Object.defineProperty(this, 'length', { value: names.length });
    names.forEach((/** @type {string} */ name, /** @type {number} */ i) => {
      const attr = new Attr(element, name);
      Object.defineProperty(this, i, { value: attr, enumerable: true });
      if (!(name in this)) Object.defineProperty(this, name, { value: attr });
    });
  }

  /** @param {number} index */
  item(index) { return /** @type {any} */ (this)[index] ?? null; }
  /** @param {string} name */
  getNamedItem(name) { return /** @type {any} */ (this)[ELEMENT].getAttributeNode(name); }
  /** @param {Attr} attr */
  setNamedItem(attr) { return /** @type {any} */ (this)[ELEMENT].setAttributeNode(attr); }
  /** @param {string} name */
  removeNamedItem(name) { /** @type {any} */ (this)[ELEMENT].removeAttribute(name); }
  [Symbol.iterator]() { return Array.prototype.slice.call(this).values(); }
}

export class DOMTokenList {
  #element;
  #name;
  /** The text that the names were split from. @type {string|null} */
  #text = null;
  /** @type {string[]} */
  #names = [];

  /** @param {any} element @param {string} [name] of the attribute */
  constructor(element, name = 'class') {
    this.#element = element;
    this.#name = name;
  }

  /** @returns {string[]} */
  #current() {
    const text = attribute(this.#element, this.#name);
    if (text !== this.#text) {
      this.#text = text;
      this.#names = [...new Set((text ?? '').split(/[ \t\n\f\r]+/).filter(Boolean))];
    }
    return this.#names;
  }

  /** @param {string[]} names */
  #write(names) { setAttributeOf(this.#element, this.#name, names.join(' ')); }

  get length() { return this.#current().length; }
  get value() { return attribute(this.#element, this.#name) ?? ''; }
  set value(text) { setAttributeOf(this.#element, this.#name, String(text)); }
  /** @param {number} index */
  item(index) { return this.#current()[index] ?? null; }
  /** @param {any} name */
  contains(name) { return this.#current().includes(String(name)); }
  /** @param {any[]} names */
  add(...names) {
    const before = this.#current();
    const more = names.map(className).filter((name) => !before.includes(name));
    if (more.length > 0) this.#write([...before, ...new Set(more)]);
  }

  /** @param {any[]} names */
  remove(...names) {
    const before = this.#current();
    const gone = names.map(className);
    const rest = before.filter((name) => !gone.includes(name));
    if (rest.length < before.length) this.#write(rest);
  }

  /** @param {any} name @param {boolean} [force] */
  toggle(name, force = !this.contains(name)) {
    if (force) this.add(name);
    else this.remove(name);
    return Boolean(force);
  }

  /** @param {any} old @param {any} name */
  replace(old, name) {
    if (!this.contains(old)) return false;
    this.#write(this.#current().map((other) => (other === String(old) ? String(name) : other)));
    return true;
  }

  supports() { return true; }
  /** @param {Function} work @param {any} [self] */
  forEach(work, self) { this.#current().forEach((name, i) => Reflect.apply(work, self, [name, i, this])); }
  keys() { return this.#current().keys(); }
  values() { return this.#current().values(); }
  entries() { return this.#current().entries(); }
  [Symbol.iterator]() { return this.#current().values(); }
  toString() { return this.value; }
}

/** So many names can be asked for by index. */
const MOST_INDICES = 8;
for (let i = 0; i < MOST_INDICES; i += 1) {
  Object.defineProperty(DOMTokenList.prototype, i, { get() { return this.item(i) ?? undefined; }, configurable: true });
}

/** @param {any} name */
function className(name) {
  const text = String(name);
  if (text === '') throw new DOMException('The token provided must not be empty.', 'SyntaxError');
  if (/\s/.test(text)) throw new DOMException(`The token provided ('${text}') contains HTML space characters, which are not valid in tokens.`, 'InvalidCharacterError');
  return text;
}

export class DOMStringMap {}

/** The `data-…` attributes of an element as properties. @param {any} element @returns {any} */
export function dataset(element) {
  return new Proxy(new DOMStringMap(), {
    get: (plain, key) => (typeof key === 'symbol' ? Reflect.get(plain, key) : element.getAttribute(dataName(key)) ?? Reflect.get(plain, key)),
    set(_, key, value) {
      element.setAttribute(dataName(String(key)), value);
      return true;
    },
    has: (_, key) => typeof key === 'string' && element.hasAttribute(dataName(key)),
    deleteProperty(_, key) {
      element.removeAttribute(dataName(String(key)));
      return true;
    },
    ownKeys: () => element.getAttributeNames().filter((/** @type {string} */ name) => name.startsWith('data-')).map(dataKey),
    getOwnPropertyDescriptor(_, key) {
      const value = typeof key === 'string' ? element.getAttribute(dataName(key)) : null;
      return value === null ? undefined : { value, writable: true, enumerable: true, configurable: true };
    },
  });
}

/** @param {string} key */
function dataName(key) {
  return `data-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** @param {string} name */
function dataKey(name) {
  return name.slice('data-'.length).replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}
