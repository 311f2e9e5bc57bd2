/**
 * Range, Selection and TreeWalker: enough for libraries that make fragments with them or walk over texts.
 */

import { following } from './links.js';
import { parseFragment } from './parser.js';

export class Range {
  /** @param {any} document */
  constructor(document) {
    this.startContainer = this.endContainer = this.commonAncestorContainer = document;
    this.startOffset = this.endOffset = 0;
    this.collapsed = true;
  }

  /** @param {string} html */
  createContextualFragment(html) {
    const context = this.startContainer.nodeType === 1 ? this.startContainer : this.startContainer.body ?? this.startContainer.parentElement;
    const fragment = context.ownerDocument.createDocumentFragment();
    parseFragment(fragment, String(html), context);
    return fragment;
  }

  /** @param {any} node */
  selectNode(node) { this.setStart(node.parentNode ?? node, 0); }
  /** @param {any} node */
  selectNodeContents(node) { this.setStart(node, 0); }
  /** @param {any} node @param {number} at */
  setStart(node, at) {
    this.startContainer = this.commonAncestorContainer = node;
    this.startOffset = at;
  }

  /** @param {any} node @param {number} at */
  setEnd(node, at) {
    this.endContainer = node;
    this.endOffset = at;
  }

  setStartBefore() {}
  setEndAfter() {}
  collapse() {}
  detach() {}
  deleteContents() {}
  cloneRange() { return Object.assign(Object.create(Object.getPrototypeOf(this)), this); }
  getBoundingClientRect() { return this.startContainer.getBoundingClientRect?.() ?? { left: 0, top: 0, width: 0, height: 0, right: 0, bottom: 0, x: 0, y: 0 }; }
  getClientRects() { return []; }
  toString() { return this.startContainer.textContent ?? ''; }
}

export class Selection {
  rangeCount = 0;
  isCollapsed = true;
  type = 'None';
  anchorNode = null;
  focusNode = null;

  removeAllRanges() {}
  empty() {}
  addRange() {}
  selectAllChildren() {}
  collapse() {}
  getRangeAt() { return null; }
  toString() { return ''; }
}

/** By NodeFilter's numbers: bit n - 1 for nodes of type n. */
const ALL = 0xffffffff;

export class TreeWalker {
  #filter;

  /** @param {any} root @param {number} [what] @param {any} [filter] */
  constructor(root, what = ALL, filter = undefined) {
    this.root = root;
    this.currentNode = root;
    this.whatToShow = what;
    this.#filter = typeof filter === 'function' ? filter : filter?.acceptNode?.bind(filter);
  }

  nextNode() {
    for (let node = following(this.currentNode, this.root); node !== null; node = following(node, this.root)) {
      if (((this.whatToShow >>> 0) & (1 << (node.nodeType - 1))) === 0) continue;
      if (this.#filter && this.#filter(node) !== 1) continue;
      this.currentNode = node;
      return node;
    }
    return null;
  }
}

export const NodeFilter = {
  SHOW_ALL: ALL, SHOW_ELEMENT: 1, SHOW_TEXT: 4, SHOW_COMMENT: 128, FILTER_ACCEPT: 1, FILTER_REJECT: 2, FILTER_SKIP: 3,
};
