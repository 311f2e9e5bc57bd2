/**
 * Text, Comment and the document type: nodes without children.
 */

import { here } from '../web/here.js';
import { mutated } from '../web/observers.js';
import { OWNER } from './links.js';
import { Node } from './node.js';
import { childrenHave } from './parent-node.js';

export class CharacterData extends Node {
  #data;

  /** @param {any} owner @param {any} data */
  constructor(owner, data) {
    super(owner);
    this.#data = String(data);
  }

  /** @returns {string} */
  get data() { return this.#data; }
  set data(value) {
    const oldValue = this.#data;
    this.#data = value === null ? '' : String(value);
    here.shapes += 1;
    if (this.parentNode?.localName === 'style') here.changes += 1;
    if (here.observers.size > 0) mutated({ type: 'characterData', target: this, oldValue });
  }

  /** @returns {string} */
  get nodeValue() { return this.#data; }
  set nodeValue(value) { this.data = value; }
  get textContent() { return this.#data; }
  set textContent(value) { this.data = value; }
  get length() { return this.#data.length; }
  /** @param {any} text */
  appendData(text) { this.data += text; }
  /** @param {number} at @param {any} text */
  insertData(at, text) { this.replaceData(at, 0, text); }
  /** @param {number} at @param {number} count */
  deleteData(at, count) { this.replaceData(at, count, ''); }
  /** @param {number} at @param {number} count @param {any} text */
  replaceData(at, count, text) { this.data = this.#data.slice(0, at) + text + this.#data.slice(at + count); }
  /** @param {number} at @param {number} count */
  substringData(at, count) { return this.#data.slice(at, at + count); }
}
childrenHave(CharacterData);

export class Text extends CharacterData {
  /** @param {any} [data] @param {any} [owner] */
  constructor(data = '', owner = here.document) { super(owner, data); }

  get nodeType() { return 3; }
  get nodeName() { return '#text'; }
  get wholeText() {
    /** @type {any} */
    let first = this;
    while (first.previousSibling?.nodeType === 3) first = first.previousSibling;
    let text = '';
    for (let node = first; node?.nodeType === 3; node = node.nextSibling) text += node.data;
    return text;
  }

  cloneNode() { return new Text(super.data, this[OWNER]); }

  /** @param {number} at */
  splitText(at) {
    const text = super.data;
    const rest = new Text(text.slice(at), this[OWNER]);
    super.data = text.slice(0, at);
    this.parentNode?.insertBefore(rest, this.nextSibling);
    return rest;
  }
}

export class Comment extends CharacterData {
  /** @param {any} [data] @param {any} [owner] */
  constructor(data = '', owner = here.document) { super(owner, data); }

  get nodeType() { return 8; }
  get nodeName() { return '#comment'; }
  cloneNode() { return new Comment(this.data, this[OWNER]); }
}

export class DocumentType extends Node {
  publicId = '';
  systemId = '';
  #name;

  /** @param {string} name @param {any} [owner] */
  constructor(name, owner = here.document) {
    super(owner);
    this.#name = name;
  }

  get name() { return this.#name; }
  get nodeType() { return 10; }
  get nodeName() { return this.#name; }
  cloneNode() { return new DocumentType(this.#name, this[OWNER]); }
}
childrenHave(DocumentType);
