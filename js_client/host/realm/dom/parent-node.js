/**
 * What elements, documents and fragments have in common as parents, and elements and texts as children.
 */

import { childrenOf, detach, elementsBelow, empty } from './links.js';
import { collection, liveCollection, nodeList } from './lists.js';
import { firstMatch, allMatches } from './selectors.js';

/** Nodes and texts as nodes. @param {any} self @param {any[]} items @returns {any[]} */
function nodesOf(self, items) {
  const document = self.ownerDocument ?? self;
  return items.map((item) => (typeof item === 'object' && item?.nodeType ? item : document.createTextNode(String(item))));
}

const parentMethods = {
  get firstElementChild() { return elementFrom(/** @type {any} */ (this).firstChild, 'nextSibling'); },
  get lastElementChild() { return elementFrom(/** @type {any} */ (this).lastChild, 'previousSibling'); },
  get childElementCount() { return childrenOf(this).filter((node) => node.nodeType === 1).length; },
  /** @param {any[]} items @this {any} */
  append(...items) { for (const node of nodesOf(this, items)) this.appendChild(node); },
  /** @param {any[]} items @this {any} */
  prepend(...items) {
    const first = this.firstChild;
    for (const node of nodesOf(this, items)) this.insertBefore(node, first);
  },
  /** @param {any[]} items @this {any} */
  replaceChildren(...items) {
    empty(this);
    for (const node of nodesOf(this, items)) this.appendChild(node);
  },
  /** @param {any} selector */
  querySelector(selector) { return firstMatch(this, String(selector)); },
  /** @param {any} selector */
  querySelectorAll(selector) { return nodeList(allMatches(this, String(selector))); },
  /** @param {any} name */
  getElementsByTagName(name) { return elementsByTag(this, String(name)); },
  /** @param {any} _space @param {any} name */
  getElementsByTagNameNS(_space, name) { return elementsByTag(this, String(name)); },
  /** @param {any} names */
  getElementsByClassName(names) { return elementsByClass(this, String(names)); },
};

const childMethods = {
  get nextElementSibling() { return elementFrom(/** @type {any} */ (this).nextSibling, 'nextSibling'); },
  get previousElementSibling() { return elementFrom(/** @type {any} */ (this).previousSibling, 'previousSibling'); },
  /** @this {any} */
  remove() { if (this.parentNode) detach(this); },
  /** @param {any[]} items @this {any} */
  before(...items) { for (const node of nodesOf(this, items)) this.parentNode?.insertBefore(node, this); },
  /** @param {any[]} items @this {any} */
  after(...items) {
    const next = this.nextSibling;
    for (const node of nodesOf(this, items)) this.parentNode?.insertBefore(node, next);
  },
  /** @param {any[]} items @this {any} */
  replaceWith(...items) {
    const parent = this.parentNode;
    const next = this.nextSibling;
    if (!parent) return;
    detach(this);
    for (const node of nodesOf(this, items)) parent.insertBefore(node, next);
  },
};

/** @param {any} node @param {'nextSibling'|'previousSibling'} step @returns {any} */
function elementFrom(node, step) {
  let at = node;
  while (at !== null && at.nodeType !== 1) at = at[step];
  return at;
}

/** @param {any} owner a class */
export function parentsHave(owner) {
  Object.defineProperties(owner.prototype, hiddenDescriptors(parentMethods));
}

/** @param {any} owner a class */
export function childrenHave(owner) {
  Object.defineProperties(owner.prototype, hiddenDescriptors(childMethods));
}

/** @param {any} methods */
function hiddenDescriptors(methods) {
  return Object.getOwnPropertyDescriptors(methods);
}

/** Collections by what was asked, for each root. @type {WeakMap<any, Map<string, any>>} */
const collections = new WeakMap();

/** @param {any} root @param {string} key @param {() => any[]} find */
function kept(root, key, find) {
  const known = collections.get(root) ?? new Map();
  collections.set(root, known);
  if (!known.has(key)) known.set(key, liveCollection(find));
  return known.get(key);
}

/** @param {any} root @param {string} name */
function elementsByTag(root, name) {
  const wanted = name.toLowerCase();
  return kept(root, `tag ${wanted}`, () => elementsBelow(root, (element) => wanted === '*' || element.localName.toLowerCase() === wanted));
}

/** @param {any} root @param {string} names */
function elementsByClass(root, names) {
  const wanted = names.split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return collection([]);
  return kept(root, `class ${names}`, () => elementsBelow(root, (element) => wanted.every((name) => element.classList.contains(name))));
}
