/**
 * NodeList and HTMLCollection: arrays underneath, so that indices and length are as quick as they can be.
 *
 * A node keeps its own lists true itself. Lists that are found by a query (getElementsByTagName) look again when
 * something has changed since they were asked last.
 */

import { here } from '../web/here.js';

export class NodeList {
  /** @param {number} index */
  item(index) { return /** @type {any} */ (this)[index] ?? null; }
  /** @param {Function} work @param {any} [self] */
  forEach(work, self) { itemsOf(this).forEach((node, i) => Reflect.apply(work, self, [node, i, this])); }
  keys() { return itemsOf(this).keys(); }
  values() { return itemsOf(this).values(); }
  entries() { return itemsOf(this).entries(); }
  [Symbol.iterator]() { return itemsOf(this).values(); }
  get [Symbol.toStringTag]() { return 'NodeList'; }
}

export class HTMLCollection {
  /** @param {number} index */
  item(index) { return /** @type {any} */ (this)[index] ?? null; }
  /** @param {string} name */
  namedItem(name) { return itemsOf(this).find((element) => element.id === name || element.getAttribute('name') === name) ?? null; }
  [Symbol.iterator]() { return itemsOf(this).values(); }
  get [Symbol.toStringTag]() { return 'HTMLCollection'; }
}

/** The array that a list is, with the methods that its class hides. @param {any} list @returns {any[]} */
function itemsOf(list) {
  return ARRAY_METHODS.slice.call(list);
}

/** @type {any} */
const ARRAY_METHODS = Array.prototype;

/** @param {any[]} nodes becomes the list itself @returns {any} */
export function nodeList(nodes) {
  return Object.setPrototypeOf(nodes, NodeList.prototype);
}

/** @param {any[]} elements becomes the list itself @returns {any} */
export function collection(elements) {
  return Object.setPrototypeOf(elements, HTMLCollection.prototype);
}

/** Puts a node into a list, before another one or at the end. @param {any} list @param {any} node @param {any} before */
export function putInto(list, node, before) {
  if (before === null) list[list.length] = node;
  else ARRAY_METHODS.splice.call(list, ARRAY_METHODS.indexOf.call(list, before), 0, node);
}

/** @param {any} list @param {any} node */
export function takeOut(list, node) {
  const at = list[list.length - 1] === node ? list.length - 1 : ARRAY_METHODS.indexOf.call(list, node);
  if (at >= 0) ARRAY_METHODS.splice.call(list, at, 1);
}

/**
 * A list that stays true: it asks again after a change.
 * @param {() => any[]} find @param {boolean} [isNamed] whether elements are also properties by their id or name
 */
export function liveCollection(find, isNamed = true) {
  let elements = collection(find());
  let asked = here.changes;
  const current = () => {
    if (asked !== here.changes) {
      asked = here.changes;
      elements = collection(find());
    }
    return elements;
  };
  return new Proxy(elements, {
    get(_, key) {
      const list = current();
      if (key === 'length') return list.length;
      if (key in list || typeof key === 'symbol') return list[key];
      return isNamed ? list.namedItem(key) ?? undefined : undefined;
    },
    has: (_, key) => key in current(),
    ownKeys: () => Reflect.ownKeys(current()),
    getOwnPropertyDescriptor(_, key) {
      const found = Object.getOwnPropertyDescriptor(current(), key);
      // An invariant of proxies: what the first array does not have cannot be fixed, nor its length change its kind.
      return found && (key === 'length' ? Object.getOwnPropertyDescriptor(elements, 'length') : { ...found, configurable: true });
    },
    set: () => true,
  });
}
