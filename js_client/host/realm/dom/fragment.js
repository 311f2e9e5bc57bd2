/**
 * DocumentFragment: nodes that go into a document together.
 */

import { here } from '../web/here.js';
import { OWNER, childrenOf, empty } from './links.js';
import { Node } from './node.js';
import { parentsHave } from './parent-node.js';
import { textWithin } from './serialize.js';

export class DocumentFragment extends Node {
  /** @param {any} [owner] */
  constructor(owner = here.document) { super(owner); }

  get nodeType() { return 11; }
  get nodeName() { return '#document-fragment'; }
  get textContent() { return textWithin(this); }
  set textContent(text) {
    empty(this);
    if (text) this.appendChild(this[OWNER].createTextNode(text));
  }

  /** @param {any} id */
  getElementById(id) { return /** @type {any} */ (this).querySelector(`#${here.window.CSS.escape(String(id))}`); }
  /** @param {boolean} [isDeep] */
  cloneNode(isDeep = false) {
    const copy = new DocumentFragment(this[OWNER]);
    if (isDeep) for (const child of childrenOf(this)) copy.appendChild(child.cloneNode(true));
    return copy;
  }
}
parentsHave(DocumentFragment);
