/**
 * Element: a node with a tag, attributes, a style, and HTML within.
 *
 * Knows no layout: sizes and places are asked of boxes.js. What single tags do is in the files of their classes.
 */

import { DOMException } from '../web/aborting.js';
import { animate } from '../web/animations.js';
import { dispatch, DISPATCH, setHandler } from '../web/targets.js';
import { activate } from './activation.js';
import { Attr, DOMTokenList, NamedNodeMap, dataset } from './attribute-views.js';
import { CHANGED, attribute, attributesOf, reflects, setAttributeOf } from './attributes.js';
import { boxOf, contentOf, offsetsOf, outerOf } from './boxes.js';
import { DOMRect } from './geometry.js';
import { compiledHandler } from './handlers.js';
import { freshenStyle, restyle, styleOf } from './inline-style.js';
import { nameOf } from './named-access.js';
import { OWNER, childrenOf, detach, empty } from './links.js';
import { Node } from './node.js';
import { childrenHave, parentsHave } from './parent-node.js';
import { parseFragment } from './parser.js';
import { isMatch } from './selectors.js';
import { innerHtml, outerHtml, textWithin } from './serialize.js';

const HTML_SPACE = 'http://www.w3.org/1999/xhtml';
const CLASSES = Symbol('classes');
const DATA = Symbol('data');
const SCROLLED = Symbol('scrolled');

export class Element extends Node {
  #localName;
  #space;

  /** @param {any} owner @param {string} localName @param {string} [space] */
  constructor(owner, localName, space = HTML_SPACE) {
    super(owner);
    this.#localName = localName;
    this.#space = space;
  }

  get nodeType() { return 1; }
  get nodeName() { return this.tagName; }
  get localName() { return this.#localName; }
  get namespaceURI() { return this.#space; }
  get prefix() { return null; }
  get tagName() { return this.#space === HTML_SPACE ? upperCase(this.#localName) : this.#localName; }

  /** @param {any} name @returns {string|null} */
  getAttribute(name) { return readAttribute(this, attributeName(this, name)); }
  /** @param {any} name @param {any} value */
  setAttribute(name, value) { setAttributeOf(this, attributeName(this, name), String(value)); }
  /** @param {any} name */
  removeAttribute(name) {
    freshenStyle(this);
    setAttributeOf(this, attributeName(this, name), null);
  }

  /** @param {any} name */
  hasAttribute(name) { return readAttribute(this, attributeName(this, name)) !== null; }
  /** @param {any} name @param {boolean} [force] */
  toggleAttribute(name, force = !this.hasAttribute(name)) {
    if (!force) this.removeAttribute(name);
    else if (!this.hasAttribute(name)) this.setAttribute(name, '');
    return Boolean(force);
  }

  /** @param {any} _space @param {any} name */
  getAttributeNS(_space, name) { return readAttribute(this, String(name)); }
  /** @param {any} _space @param {any} name @param {any} value */
  setAttributeNS(_space, name, value) { setAttributeOf(this, String(name), String(value)); }
  /** @param {any} _space @param {any} name */
  removeAttributeNS(_space, name) { setAttributeOf(this, String(name), null); }
  /** @param {any} _space @param {any} name */
  hasAttributeNS(_space, name) { return readAttribute(this, String(name)) !== null; }
  /** @returns {string[]} */
  getAttributeNames() {
    freshenStyle(this);
    return [...attributesOf(this)?.keys() ?? []];
  }

  hasAttributes() { return this.getAttributeNames().length > 0; }
  get attributes() { return new NamedNodeMap(this); }
  /** @param {any} name */
  getAttributeNode(name) { return this.hasAttribute(name) ? new Attr(this, attributeName(this, name)) : null; }
  /** @param {Attr} attr */
  setAttributeNode(attr) {
    this.setAttribute(attr.name, attr.value);
    attr.ownerElement = this;
    return null;
  }

  /** @param {string} name @param {string|null} value */
  [CHANGED](name, value) {
    if (name === 'style') restyle(this, value);
    else if (name === 'id' || name === 'name') {
      if (value) nameOf(name, value, this);
    } else if (name.startsWith('on')) setHandler(this, name.slice(2), value === null ? null : compiledHandler(this, name, value));
  }

  get style() { return styleOf(this); }
  set style(text) { styleOf(this).cssText = /** @type {any} */ (text); }
  /** @returns {DOMTokenList} */
  get classList() { return (/** @type {any} */ (this)[CLASSES] ??= new DOMTokenList(this)); }
  set classList(text) { this.setAttribute('class', text); }
  get dataset() { return (/** @type {any} */ (this)[DATA] ??= dataset(this)); }

  get innerHTML() { return innerHtml(this); }
  set innerHTML(html) {
    empty(this);
    parseFragment(contentParent(this), html === null ? '' : String(html), this);
  }

  get outerHTML() { return outerHtml(this); }
  set outerHTML(html) {
    this.insertAdjacentHTML('beforebegin', html);
    detach(this);
  }

  get textContent() { return textWithin(this); }
  set textContent(text) {
    empty(this);
    if (text !== null && text !== undefined && String(text) !== '') this.appendChild(this[OWNER].createTextNode(text));
  }

  /** @param {string} where @param {any} html */
  insertAdjacentHTML(where, html) {
    const fragment = this[OWNER].createDocumentFragment();
    parseFragment(fragment, String(html), /^(beforebegin|afterend)$/i.test(where) ? this.parentElement ?? this : this);
    insertAdjacent(this, where, fragment);
  }

  /** @param {string} where @param {any} element */
  insertAdjacentElement(where, element) { return insertAdjacent(this, where, element); }
  /** @param {string} where @param {any} text */
  insertAdjacentText(where, text) { insertAdjacent(this, where, this[OWNER].createTextNode(text)); }

  /** @param {any} selector */
  matches(selector) { return isMatch(this, String(selector)); }
  /** @param {any} selector */
  webkitMatchesSelector(selector) { return isMatch(this, String(selector)); }
  /** @param {any} selector @returns {any} */
  closest(selector) {
    for (let element = /** @type {any} */ (this); element; element = element.parentElement) if (isMatch(element, String(selector))) return element;
    return null;
  }

  /** @param {boolean} [isDeep] @returns {any} */
  cloneNode(isDeep = false) {
    const copy = this[OWNER].createElementNS(this.#space, this.#localName);
    for (const name of this.getAttributeNames()) copy.setAttribute(name, attribute(this, name));
    if (isDeep) for (const child of childrenOf(this)) copy.appendChild(child.cloneNode(true));
    return copy;
  }

  getBoundingClientRect() {
    const { left, top, width, height } = boxOf(this);
    return new DOMRect(left, top, width, height);
  }

  getClientRects() { return [this.getBoundingClientRect()]; }
  get clientWidth() { return contentOf(this, 'width'); }
  get clientHeight() { return contentOf(this, 'height'); }
  get clientLeft() { return 0; }
  get clientTop() { return 0; }
  get scrollWidth() { return contentOf(this, 'width'); }
  get scrollHeight() { return contentOf(this, 'height'); }
  get offsetWidth() { return outerOf(this, 'width'); }
  get offsetHeight() { return outerOf(this, 'height'); }
  get offsetLeft() { return Math.round(offsetsOf(this).left); }
  get offsetTop() { return Math.round(offsetsOf(this).top); }
  get offsetParent() { return offsetsOf(this).parent; }
  get scrollTop() { return (/** @type {any} */ (this)[SCROLLED])?.top ?? 0; }
  set scrollTop(top) { scroll(this, { top }); }
  get scrollLeft() { return (/** @type {any} */ (this)[SCROLLED])?.left ?? 0; }
  set scrollLeft(left) { scroll(this, { left }); }
  scrollIntoView() {}
  scrollTo() {}
  scrollBy() {}
  requestFullscreen() { return Promise.resolve(); }
  webkitRequestFullscreen() { return Promise.resolve(); }
  requestPointerLock() { return Promise.resolve(); }
  setPointerCapture() {}
  releasePointerCapture() {}
  hasPointerCapture() { return false; }
  /** @param {any} _frames @param {any} [timing] */
  animate(_frames, timing) { return animate(timing); }
  getAnimations() { return []; }
  attachShadow() { throw new DOMException('no shadow trees here', 'NotSupportedError'); }
  get shadowRoot() { return null; }

  /** @param {any} event */
  [DISPATCH](event) {
    return event.type === 'click' ? activate(this, event) : dispatch(this, event);
  }
}
parentsHave(Element);
childrenHave(Element);
reflects(Element, { texts: 'id className:class slot' });

/** What was set is said again; nothing moves. @param {any} element @param {{top?: number, left?: number}} to */
function scroll(element, to) {
  element[SCROLLED] = { ...element[SCROLLED], ...to };
}

/** Of an element with a content of its own: where HTML goes. @param {any} element */
function contentParent(element) {
  return element.localName === 'template' ? element.content : element;
}

/** @type {Map<string, string>} */
const uppers = new Map();

/** @param {string} name */
function upperCase(name) {
  const found = uppers.get(name);
  if (found !== undefined) return found;
  const text = name.toUpperCase();
  uppers.set(name, text);
  return text;
}

/** @param {Element} element @param {any} name */
function attributeName(element, name) {
  const text = String(name);
  return element.namespaceURI === HTML_SPACE ? text.toLowerCase() : text;
}

/** @param {any} element @param {string} name */
function readAttribute(element, name) {
  if (name === 'style') freshenStyle(element);
  return attribute(element, name);
}

/** @param {any} element @param {string} where @param {any} node */
function insertAdjacent(element, where, node) {
  switch (where.toLowerCase()) {
    case 'beforebegin':
      element.parentNode?.insertBefore(node, element);
      break;
    case 'afterbegin':
      element.insertBefore(node, element.firstChild);
      break;
    case 'beforeend':
      element.appendChild(node);
      break;
    case 'afterend':
      element.parentNode?.insertBefore(node, element.nextSibling);
      break;
    default:
      throw new DOMException(`The value provided ('${where}') is not one of 'beforebegin', 'afterbegin', 'beforeend', or 'afterend'.`, 'SyntaxError');
  }
  return node;
}
