/**
 * Node: the tree. Children are linked among themselves, so that to put one in or take one out costs the same however
 * many there are; lists of children exist from the first time that somebody asks for them.
 *
 * Knows neither tags nor attributes: elements are in element.js, text is in characters.js. The links themselves are in
 * links.js.
 */

import { DOMException } from '../web/aborting.js';
import { constants } from '../web/event.js';
import { HandlerTarget } from '../web/handler-target.js';
import { here } from '../web/here.js';
import { ABOVE } from '../web/targets.js';
import { ELEMENTS, FIRST, LAST, NEXT, NODES, OWNER, PARENT, PREVIOUS, childrenOf, detach, following, insertNode } from './links.js';
import { collection, nodeList } from './lists.js';

const FRAGMENT = 11;

export class Node extends HandlerTarget {
  /** @type {any} */
  [OWNER];
  /** @type {any} */
  [PARENT] = null;
  /** @type {any} */
  [FIRST] = null;
  /** @type {any} */
  [LAST] = null;
  /** @type {any} */
  [NEXT] = null;
  /** @type {any} */
  [PREVIOUS] = null;

  /** @param {any} owner the document */
  constructor(owner) {
    super();
    this[OWNER] = owner;
  }

  /** @returns {number} */
  get nodeType() { return 0; }
  get nodeName() { return ''; }
  /** @returns {string|null} */
  get nodeValue() { return null; }
  set nodeValue(_) { /* only text has one */ }
  get ownerDocument() { return this[OWNER]; }
  get parentNode() { return this[PARENT]; }
  get parentElement() { return this[PARENT]?.nodeType === 1 ? this[PARENT] : null; }
  get firstChild() { return this[FIRST]; }
  get lastChild() { return this[LAST]; }
  get nextSibling() { return this[NEXT]; }
  get previousSibling() { return this[PREVIOUS]; }
  get baseURI() { return here.window.location.href; }
  get isConnected() { return this.getRootNode().nodeType === 9; }

  get childNodes() {
    /** @type {any} */
    const self = this;
    return (self[NODES] ??= nodeList(childrenOf(this)));
  }

  get children() {
    /** @type {any} */
    const self = this;
    return (self[ELEMENTS] ??= collection(childrenOf(this).filter((node) => node.nodeType === 1)));
  }

  hasChildNodes() { return this[FIRST] !== null; }

  getRootNode() {
    /** @type {any} */
    let node = this;
    while (node[PARENT] !== null) node = node[PARENT];
    return node;
  }

  /** @template {Node} T @param {T} node @returns {T} */
  appendChild(node) { return this.insertBefore(node, null); }

  /** @template {Node} T @param {T} node @param {any} [before] @returns {T} */
  insertBefore(node, before = null) {
    checkPlace(this, node, before);
    const place = before === node ? node[NEXT] : before;
    if (node.nodeType === FRAGMENT) for (const child of childrenOf(node)) insertNode(this, child, place);
    else insertNode(this, node, place);
    return node;
  }

  /** @template {Node} T @param {T} node @returns {T} */
  removeChild(node) {
    if (node?.[PARENT] !== this) throw new DOMException("Failed to execute 'removeChild' on 'Node': The node to be removed is not a child of this node.", 'NotFoundError');
    detach(node);
    return node;
  }

  /** @template {Node} T @param {any} node @param {T} old @returns {T} */
  replaceChild(node, old) {
    if (node === old) return old;
    const before = old[NEXT] === node ? node[NEXT] : old[NEXT];
    this.removeChild(old);
    this.insertBefore(node, before);
    return old;
  }

  /** @param {any} other @returns {boolean} */
  contains(other) {
    for (let node = other; node; node = node[PARENT]) if (node === this) return true;
    return false;
  }

  /** @param {any} other */
  isSameNode(other) { return this === other; }

  /** @param {any} other */
  isEqualNode(other) {
    return other?.nodeType === this.nodeType && (this === other || /** @type {any} */ (this).outerHTML === other.outerHTML);
  }

  /** @param {any} other @returns {number} */
  compareDocumentPosition(other) {
    if (other === this) return 0;
    if (this.contains(other)) return 20;
    if (other.contains(this)) return 10;
    if (this.getRootNode() !== other.getRootNode()) return 35;
    return isEarlier(this, other) ? 4 : 2;
  }

  /** Joins neighbouring texts. */
  normalize() {
    for (const child of childrenOf(this)) {
      if (child.nodeType === 3 && child[PREVIOUS]?.nodeType === 3) {
        child[PREVIOUS].data += child.data;
        detach(child);
      } else child.normalize();
    }
  }

  /** @param {any} _event @returns {any} */
  [ABOVE](_event) { return this[PARENT]; }
}
constants(Node, {
  ELEMENT_NODE: 1, ATTRIBUTE_NODE: 2, TEXT_NODE: 3, CDATA_SECTION_NODE: 4, PROCESSING_INSTRUCTION_NODE: 7, COMMENT_NODE: 8,
  DOCUMENT_NODE: 9, DOCUMENT_TYPE_NODE: 10, DOCUMENT_FRAGMENT_NODE: 11, DOCUMENT_POSITION_DISCONNECTED: 1, DOCUMENT_POSITION_PRECEDING: 2,
  DOCUMENT_POSITION_FOLLOWING: 4, DOCUMENT_POSITION_CONTAINS: 8, DOCUMENT_POSITION_CONTAINED_BY: 16,
});

/** @param {Node} a @param {Node} b of the same tree, neither in the other */
function isEarlier(a, b) {
  const root = a.getRootNode();
  for (let node = following(a, root); node !== null; node = following(node, root)) if (node === b) return true;
  return false;
}

/** @param {any} parent @param {any} node @param {any} before */
function checkPlace(parent, node, before) {
  if (!(node instanceof Node)) throw new TypeError("Failed to execute 'insertBefore' on 'Node': parameter 1 is not of type 'Node'.");
  if (before && before[PARENT] !== parent) {
    throw new DOMException("Failed to execute 'insertBefore' on 'Node': The node before which the new node is to be inserted is not a child of this node.", 'NotFoundError');
  }
  if (/** @type {any} */ (node)[FIRST] !== null && node.contains(parent)) {
    throw new DOMException("Failed to execute 'appendChild' on 'Node': The new child element contains the parent.", 'HierarchyRequestError');
  }
}
