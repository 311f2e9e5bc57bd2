/**
 * HTMLElement: what all elements of HTML do: clicks, focus, hiding; and custom elements.
 */

import { here } from '../web/here.js';
import { Event, trusted } from '../web/event.js';
import { FocusEvent, MouseEvent } from '../web/interface-events.js';
import { DISPATCH, dispatch } from '../web/targets.js';
import { CHANGED, reflects } from './attributes.js';
import { Element } from './element.js';
import { ARRIVED, LEFT, elementsBelow, empty } from './links.js';
import { visibleText } from './serialize.js';

/** Names of custom elements by class; the classes are in the page's registry. @type {WeakMap<any, string>} */
const customNames = new WeakMap();
/** The element that is being made a custom one. @type {any} */
let upgrading;

export class HTMLElement extends Element {
  /** @param {any} [owner] @param {string} [localName] */
  constructor(owner = here.document, localName = customNames.get(new.target)) {
    if (localName === undefined) throw new TypeError('Illegal constructor');
    super(owner, localName);
    if (upgrading) {
      const element = upgrading;
      upgrading = undefined;
      return element;
    }
  }

  get innerText() { return visibleText(this); }
  set innerText(text) {
    empty(this);
    String(text).split('\n').forEach((line, i) => {
      if (i > 0) this.appendChild(this.ownerDocument.createElement('br'));
      if (line !== '') this.appendChild(this.ownerDocument.createTextNode(line));
    });
  }

  get outerText() { return this.innerText; }
  get isContentEditable() { return /^(|true)$/.test(this.getAttribute('contenteditable') ?? 'false'); }
  get contentEditable() { return this.getAttribute('contenteditable') ?? 'inherit'; }
  set contentEditable(value) { this.setAttribute('contenteditable', value); }
  get draggable() { return this.getAttribute('draggable') === 'true'; }
  set draggable(value) { this.setAttribute('draggable', String(Boolean(value))); }
  get tabIndex() { return parseInt(this.getAttribute('tabindex') ?? '', 10) || (this.hasAttribute('tabindex') || isFocusable(this) ? 0 : -1); }
  set tabIndex(value) { this.setAttribute('tabindex', String(value)); }

  click() {
    if (this.hasAttribute('disabled')) return;
    this[DISPATCH](new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, detail: 1, view: here.window }));
  }

  focus() { if (isFocusable(this) && this.isConnected) moveFocus(this.ownerDocument, this); }
  blur() { if (this.ownerDocument.activeElement === this) moveFocus(this.ownerDocument, null); }
}
reflects(HTMLElement, { texts: 'title lang dir accessKey nonce', flags: 'hidden inert autofocus' });

const FOCUSABLE = new Set(['input', 'select', 'textarea', 'button', 'iframe', 'summary']);

/** @param {any} element */
export function isFocusable(element) {
  if (element.hasAttribute('disabled')) return false;
  return FOCUSABLE.has(element.localName) || element.hasAttribute('tabindex') || element.isContentEditable
    || ((element.localName === 'a' || element.localName === 'area') && element.hasAttribute('href'));
}

/** Of a document: the element that has the focus, if any. */
export const FOCUSED = Symbol('focused');

/** @param {any} document @param {any} element null: nowhere */
export function moveFocus(document, element) {
  const before = document[FOCUSED];
  if (before === element) return;
  document[FOCUSED] = element;
  if (before) {
    dispatch(before, trusted(new FocusEvent('blur', { relatedTarget: element })));
    dispatch(before, trusted(new FocusEvent('focusout', { bubbles: true, relatedTarget: element })));
  }
  if (element) {
    dispatch(element, trusted(new FocusEvent('focus', { relatedTarget: before })));
    dispatch(element, trusted(new FocusEvent('focusin', { bubbles: true, relatedTarget: before })));
  }
}

/** An event of an element that does not bubble: load, error … @param {any} target @param {string} type */
export function tell(target, type) {
  dispatch(target, trusted(new Event(type)));
}

export class HTMLUnknownElement extends HTMLElement {}

/** The classes of custom elements of a page, by name. */
export class CustomElementRegistry {
  /** @type {Map<string, any>} */
  #classes = new Map();
  /** @type {Map<string, ((made: any) => void)[]>} */
  #awaited = new Map();

  /** @param {any} name @param {any} made a class */
  define(name, made) {
    this.#classes.set(name, made);
    customNames.set(made, name);
    connect(made);
    for (const element of elementsBelow(here.document, ({ localName }) => localName === name)) upgrade(element, made);
    for (const resolve of this.#awaited.get(name) ?? []) resolve(made);
  }

  /** @param {any} name */
  get(name) { return this.#classes.get(name); }
  /** @param {any} made */
  getName(made) { return customNames.get(made) ?? null; }
  upgrade() {}
  /** @param {any} name @returns {Promise<any>} */
  whenDefined(name) {
    const made = this.#classes.get(name);
    if (made) return Promise.resolve(made);
    return new Promise((resolve) => this.#awaited.set(name, [...(this.#awaited.get(name) ?? []), resolve]));
  }
}

/** Lets a class hear when its elements come, go and change. @param {any} made */
function connect(made) {
  const { prototype } = made;
  const { connectedCallback, disconnectedCallback, attributeChangedCallback } = prototype;
  if (connectedCallback) prototype[ARRIVED] = /** @this {any} */ function arrived() { here.kernel.run(connectedCallback, this); };
  if (disconnectedCallback) prototype[LEFT] = /** @this {any} */ function left() { here.kernel.run(disconnectedCallback, this); };
  const observed = attributeChangedCallback ? [...made.observedAttributes ?? []] : [];
  if (observed.length === 0) return;
  const inherited = prototype[CHANGED];
  prototype[CHANGED] = /** @this {any} @param {string} name @param {any} value */ function changed(name, value) {
    inherited.call(this, name, value);
    if (observed.includes(name)) here.kernel.run(attributeChangedCallback, this, [name, null, value]);
  };
}

/** @param {any} element @param {any} made */
function upgrade(element, made) {
  Object.setPrototypeOf(element, made.prototype);
  upgrading = element;
  here.kernel.run(() => Reflect.construct(made, []));
  upgrading = undefined;
  element[ARRIVED]?.();
}
