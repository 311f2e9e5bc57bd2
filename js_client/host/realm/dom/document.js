/**
 * Document: where nodes are made and found.
 */

import { CREATED_EVENTS } from '../web/interface-events.js';
import { DOMException } from '../web/aborting.js';
import { FontFaceSet } from '../web/fonts.js';
import { here } from '../web/here.js';
import { ABOVE } from '../web/targets.js';
import { Attr } from './attribute-views.js';
import { elementAt } from './boxes.js';
import { Comment, DocumentType, Text } from './characters.js';
import { createHtml, createInSpace, HTML_NAMESPACE } from './elements.js';
import { DocumentFragment } from './fragment.js';
import { FOCUSED } from './html-element.js';
import { OWNER, adopt, childrenOf, elementsBelow } from './links.js';
import { liveCollection, nodeList } from './lists.js';
import { Node } from './node.js';
import { parentsHave } from './parent-node.js';
import { documentParser, parseOn } from './parser.js';
import { Range, Selection, TreeWalker } from './ranges.js';
import { CURRENT_SCRIPT } from './scripts.js';
import { outerHtml } from './serialize.js';

/** Of a document: its state, set by whoever loads it. */
export const STATE = Symbol('state');
/** Of a document: what document.write does. */
export const WRITER = Symbol('writer');

export class Document extends Node {
  /** @type {any} */
  [FOCUSED] = null;
  /** @type {any} */
  [CURRENT_SCRIPT] = null;
  [STATE] = 'complete';
  /** @type {((html: string) => void)|undefined} */
  [WRITER];
  /** Elements by id, as far as they have been asked for. @type {Map<string, any>} */
  #known = new Map();
  /** Ids that were not there at some time. @type {Map<string, number>} */
  #missed = new Map();
  #cookies = new Map();
  #fonts = new FontFaceSet();
  #selection = new Selection();
  designMode = 'off';

  constructor() {
    super(null);
    this[OWNER] = this;
  }

  get ownerDocument() { return null; }
  get nodeType() { return 9; }
  get nodeName() { return '#document'; }
  get textContent() { return null; }
  get documentElement() { return childrenOf(this).find((node) => node.nodeType === 1) ?? null; }
  get doctype() { return childrenOf(this).find((node) => node.nodeType === 10) ?? null; }
  get head() { return childOf(this.documentElement, 'head'); }
  get body() { return childOf(this.documentElement, 'body'); }
  set body(element) {
    if (this.body) this.body.replaceWith(element);
    else this.documentElement?.appendChild(element);
  }

  get scrollingElement() { return this.documentElement; }
  get defaultView() { return this === here.document ? here.window : null; }
  get parentWindow() { return here.window; }
  get compatMode() { return this.doctype ? 'CSS1Compat' : 'BackCompat'; }
  get characterSet() { return 'UTF-8'; }
  get charset() { return 'UTF-8'; }
  get contentType() { return 'text/html'; }
  get readyState() { return this[STATE]; }
  get hidden() { return false; }
  get visibilityState() { return 'visible'; }
  get webkitHidden() { return false; }
  get fullscreenElement() { return null; }
  get fullscreenEnabled() { return false; }
  get pointerLockElement() { return null; }
  get currentScript() { return this[CURRENT_SCRIPT]; }
  get URL() { return here.window.location.href; }
  get documentURI() { return here.window.location.href; }
  get location() { return here.window.location; }
  set location(url) { here.window.location.href = url; }
  get domain() { return here.window.location.hostname; }
  get referrer() { return ''; }
  get lastModified() { return '01/01/2024 00:00:00'; }
  get fonts() { return this.#fonts; }
  get timeline() { return { currentTime: here.kernel.clock.now() }; }
  get activeElement() { return this[FOCUSED]?.isConnected ? this[FOCUSED] : this.body; }
  get title() { return (titleOf(this)?.textContent ?? '').replace(/\s+/g, ' ').trim(); }
  set title(text) {
    const title = titleOf(this) ?? this.head?.appendChild(this.createElement('title'));
    if (title) title.textContent = text;
  }

  get cookie() { return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '); }
  set cookie(text) {
    const [, name = '', value = ''] = /^\s*(?:([^=;]*)=)?([^;]*)/.exec(String(text)) ?? [];
    const isOver = /;\s*max-age=(0|-\d+)/i.test(text) || Date.parse(/;\s*expires=([^;]*)/i.exec(text)?.[1] ?? '') < here.kernel.clock.date();
    if (isOver) this.#cookies.delete(name.trim());
    else this.#cookies.set(name.trim(), value.trim());
  }

  get images() { return this.#live('img'); }
  get forms() { return this.#live('form'); }
  get scripts() { return this.#live('script'); }
  get links() { return this.#live('a'); }
  get styleSheets() { return nodeList(elementsBelow(this, (element) => element.sheet).map((element) => element.sheet)); }
  get all() { return this.#live('*'); }

  /** @param {string} tag */
  #live(tag) { return /** @type {any} */ (this).getElementsByTagName(tag); }

  /** @param {any} id @returns {any} */
  getElementById(id) {
    const name = String(id);
    const known = this.#known.get(name);
    if (known !== undefined && known.id === name && known.getRootNode() === this) return known;
    if (this.#missed.get(name) === here.changes) return null;
    const found = elementsBelow(this, (element) => element.getAttribute('id') === name)[0];
    if (found) this.#known.set(name, found);
    else this.#missed.set(name, here.changes);
    return found ?? null;
  }

  /** @param {any} name */
  getElementsByName(name) {
    return liveCollection(() => elementsBelow(this, (element) => element.getAttribute('name') === String(name)));
  }

  /** @param {any} tag @returns {any} */
  createElement(tag) {
    const name = String(tag);
    if (!/^[a-z_]/i.test(name) || /[\s<>]/.test(name)) throw new DOMException(`The tag name provided ('${name}') is not a valid name.`, 'InvalidCharacterError');
    return createHtml(this, name.toLowerCase());
  }

  /** @param {any} space @param {any} name */
  createElementNS(space, name) { return createInSpace(this, space === null ? null : String(space), String(name)); }
  /** @param {any} text */
  createTextNode(text) { return new Text(String(text), this); }
  /** @param {any} text */
  createComment(text) { return new Comment(text, this); }
  createDocumentFragment() { return new DocumentFragment(this); }
  /** @param {any} name */
  createAttribute(name) { return new Attr(null, String(name).toLowerCase()); }
  /** @param {any} kind */
  createEvent(kind) {
    const made = CREATED_EVENTS[String(kind).toLowerCase().replace(/s$/, '')];
    if (!made) throw new DOMException(`The provided event type ('${kind}') is invalid.`, 'NotSupportedError');
    return new made('');
  }

  createRange() { return new Range(this); }
  /** @param {any} root @param {number} [what] @param {any} [filter] */
  createTreeWalker(root, what, filter) { return new TreeWalker(root, what, filter); }
  /** @param {any} root @param {number} [what] @param {any} [filter] */
  createNodeIterator(root, what, filter) { return new TreeWalker(root, what, filter); }
  getSelection() { return this.#selection; }
  /** @param {any} node */
  adoptNode(node) {
    node.parentNode?.removeChild(node);
    adopt(node, this);
    return node;
  }

  /** @param {any} node @param {boolean} [isDeep] */
  importNode(node, isDeep) { return this.adoptNode(node.cloneNode(isDeep)); }
  hasFocus() { return true; }
  exitFullscreen() { return Promise.resolve(); }
  exitPointerLock() {}
  execCommand() { return false; }
  queryCommandSupported() { return false; }
  /** @param {any[]} texts */
  write(...texts) { this[WRITER]?.(texts.join('')); }
  /** @param {any[]} texts */
  writeln(...texts) { this[WRITER]?.(`${texts.join('')}\n`); }
  open() { return this; }
  close() {}

  /** What is on top at a point, as far as boxes are known. @param {number} x @param {number} y @returns {any} */
  elementFromPoint(x, y) {
    const { width, height } = here.kernel.screen;
    if (x < 0 || y < 0 || x >= width || y >= height) return null;
    return elementAt(x, y) ?? this.body;
  }

  /** @param {number} x @param {number} y */
  elementsFromPoint(x, y) {
    const top = this.elementFromPoint(x, y);
    const all = [];
    for (let at = top; at; at = at.parentElement) all.push(at);
    return all;
  }

  get implementation() {
    return {
      hasFeature: () => true,
      /** @param {string} [title] */
      createHTMLDocument: (title = '') => emptyDocument(new Document(), title),
      /** @param {any} _space @param {any} name */
      createDocument: (_space, name) => {
        const document = new Document();
        if (name) document.appendChild(document.createElementNS(null, name));
        return document;
      },
      /** @param {string} name */
      createDocumentType: (name) => new DocumentType(name, this),
    };
  }

  /** @param {any} event */
  [ABOVE](event) { return this === here.document && event.type !== 'load' ? here.window : null; }
}
parentsHave(Document);

/** @param {any} parent @param {string} name */
function childOf(parent, name) {
  return parent ? childrenOf(parent).find(({ localName }) => localName === name) ?? null : null;
}

/** @param {Document} document */
function titleOf(document) {
  return elementsBelow(document, ({ localName, namespaceURI }) => localName === 'title' && namespaceURI === HTML_NAMESPACE)[0];
}

/** html, head and body. @param {Document} document @param {string} [title] */
export function emptyDocument(document, title) {
  const html = document.appendChild(document.createElement('html'));
  html.appendChild(document.createElement('head'));
  html.appendChild(document.createElement('body'));
  if (title) document.title = title;
  return document;
}

export class DOMParser {
  /** @param {any} text @param {string} type */
  parseFromString(text, type) {
    const document = new Document();
    if (/html/.test(type)) {
      parseOn(documentParser(document, String(text), (script) => script.neverRuns()));
      return document;
    }
    const fragment = document.createElement('div');
    fragment.innerHTML = String(text).replace(/^\s*<\?xml[^>]*\?>/, '');
    for (const child of childrenOf(fragment)) if (child.nodeType === 1) document.appendChild(child);
    return document;
  }
}

export class XMLSerializer {
  /** @param {any} node */
  serializeToString(node) {
    const root = node.nodeType === 9 ? node.documentElement : node;
    if (root.nodeType !== 1) return outerHtml(root);
    const space = root.hasAttribute('xmlns') ? '' : ` xmlns="${root.namespaceURI}"`;
    return outerHtml(root).replace(/^<[^\s>]+/, (/** @type {string} */ tag) => tag + space);
  }
}
