/**
 * Elements that do little: links, styles, templates, tables, SVG; and the many that are only a name.
 */

import { here, needsBrowser, soon } from '../web/here.js';
import { absoluteUrl, packagePath } from '../web/resources.js';
import { HANDLED, handlersOf } from '../web/targets.js';
import { ACTIVATION } from './activation.js';
import { attribute, reflects } from './attributes.js';
import { boxOf } from './boxes.js';
import { Element } from './element.js';
import { HTMLElement, isFocusable, moveFocus, tell } from './html-element.js';
import { ARRIVED, elementsBelow } from './links.js';
import { collection } from './lists.js';
import { holdLoad } from './loading.js';

export class HTMLAnchorElement extends HTMLElement {
  get href() {
    const href = attribute(this, 'href');
    return href === null ? '' : absoluteUrl(href);
  }

  set href(value) { this.setAttribute('href', value); }
  get pathname() { return urlOf(this).pathname; }
  get hostname() { return urlOf(this).hostname; }
  get host() { return urlOf(this).host; }
  get protocol() { return urlOf(this).protocol; }
  get search() { return urlOf(this).search; }
  get hash() { return urlOf(this).hash; }
  get port() { return urlOf(this).port; }
  get origin() { return urlOf(this).origin; }
  toString() { return this.href; }
  [ACTIVATION]() {
    const href = attribute(this, 'href');
    return (/** @type {boolean} */ isPrevented) => {
      if (isPrevented || href === null || attribute(this, 'download') !== null) return;
      if (/^javascript:/i.test(href)) here.kernel.run(() => here.kernel.natives.runScript(decodeURIComponent(href.slice('javascript:'.length)), 'javascript:'));
      else here.window.location.href = href;
    };
  }
}
reflects(HTMLAnchorElement, { texts: 'target rel download hreflang type' });

/** @param {HTMLAnchorElement} anchor @returns {URL} */
function urlOf(anchor) {
  return new here.window.URL(anchor.href || here.window.location.href);
}

export class HTMLLinkElement extends HTMLElement {
  get href() {
    const href = attribute(this, 'href');
    return href === null ? '' : absoluteUrl(href);
  }

  set href(value) { this.setAttribute('href', value); }
  get sheet() { return /stylesheet/i.test(attribute(this, 'rel') ?? '') ? sheetOf(this) : null; }

  [ARRIVED]() {
    const href = attribute(this, 'href');
    if (href === null || !/\b(stylesheet|preload|modulepreload|prefetch)\b/i.test(attribute(this, 'rel') ?? '')) return;
    const path = packagePath(href);
    const isThere = path !== undefined && here.kernel.files.exists(path);
    if (!isThere && path !== undefined) here.kernel.report.note('missing_files', path);
    const release = holdLoad(here.kernel);
    soon(() => {
      tell(this, isThere ? 'load' : 'error');
      release();
    });
  }
}
reflects(HTMLLinkElement, { texts: 'rel type media as crossOrigin integrity sizes', flags: 'disabled' });

/** What relative URLs are relative to. */
export class HTMLBaseElement extends HTMLElement {
  [ARRIVED]() {
    const path = packagePath(attribute(this, 'href') ?? '');
    if (path !== undefined) here.base = path;
  }
}
reflects(HTMLBaseElement, { texts: 'href target' });

const WINDOW_EVENTS = new Set(['load', 'error', 'resize', 'scroll', 'blur', 'focus', 'hashchange', 'popstate', 'beforeunload', 'unload', 'pagehide', 'pageshow',
  'message', 'storage', 'online', 'offline', 'beforeprint', 'afterprint', 'languagechange', 'unhandledrejection']);

/** <body onload="…"> is the window's. */
export class HTMLBodyElement extends HTMLElement {
  /** @param {string} type */
  [HANDLED](type) { return WINDOW_EVENTS.has(type) ? here.window : this; }
}
reflects(HTMLBodyElement, { texts: 'bgColor text background' });

export class HTMLStyleElement extends HTMLElement {
  get sheet() { return sheetOf(this); }
}
reflects(HTMLStyleElement, { texts: 'type media', flags: 'disabled' });

const SHEET = Symbol('sheet');

/** What scripts may do with a style sheet: add rules and take them away. @param {any} owner @returns {any} */
function sheetOf(owner) {
  return (owner[SHEET] ??= styleSheet(owner));
}

/** @param {any} owner */
function styleSheet(owner) {
  /** @type {any[]} */
  const rules = [];
  const sheet = {
    ownerNode: owner, cssRules: rules, rules, disabled: false, type: 'text/css', href: owner.href ?? null, media: [],
    /** @param {string} text @param {number} [at] */
    insertRule(text, at = 0) {
      const node = owner.ownerDocument.createTextNode(`${text}\n`);
      owner.insertBefore(node, rules[at]?.node ?? null);
      rules.splice(at, 0, { cssText: text, node, style: {}, parentStyleSheet: sheet });
      return at;
    },
    /** @param {number} at */
    deleteRule(at) { rules.splice(at, 1)[0]?.node.remove(); },
    /** @param {string} selector @param {string} text @param {number} [at] */
    addRule(selector, text, at) { return sheet.insertRule(`${selector} { ${text} }`, at); },
    removeRule(/** @type {number} */ at) { sheet.deleteRule(at); },
  };
  return sheet;
}

export class HTMLTemplateElement extends HTMLElement {
  #content = this.ownerDocument.createDocumentFragment();

  get content() { return this.#content; }
}

export class HTMLIFrameElement extends HTMLElement {
  get contentWindow() {
    needsBrowser('iframe.contentWindow');
    return null;
  }

  get contentDocument() { return null; }
}
reflects(HTMLIFrameElement, { texts: 'src name width height allow sandbox' });

export class HTMLTableElement extends HTMLElement {
  get rows() { return collection(elementsBelow(this, ({ localName }) => localName === 'tr')); }
  get tBodies() { return collection(elementsBelow(this, ({ localName }) => localName === 'tbody')); }
  /** @param {number} [at] */
  insertRow(at = -1) {
    const { rows } = this;
    const row = this.ownerDocument.createElement('tr');
    const next = at < 0 ? undefined : rows[at];
    const parent = next?.parentNode ?? this.tBodies[0] ?? this.appendChild(this.ownerDocument.createElement('tbody'));
    return parent.insertBefore(row, next ?? null);
  }

  /** @param {number} at */
  deleteRow(at) { this.rows[at < 0 ? this.rows.length - 1 : at]?.remove(); }
}

export class HTMLTableRowElement extends HTMLElement {
  get cells() { return collection(Array.from(this.children).filter(({ localName }) => localName === 'td' || localName === 'th')); }
  get rowIndex() { return Array.from(this.closest('table')?.rows ?? []).indexOf(this); }
  /** @param {number} [at] */
  insertCell(at = -1) { return this.insertBefore(this.ownerDocument.createElement('td'), (at < 0 ? undefined : this.cells[at]) ?? null); }
  /** @param {number} at */
  deleteCell(at) { this.cells[at < 0 ? this.cells.length - 1 : at]?.remove(); }
}

export class HTMLTableCellElement extends HTMLElement {
  get cellIndex() { return Array.from(this.parentElement?.cells ?? []).indexOf(this); }
}
reflects(HTMLTableCellElement, { numbers: { colSpan: 1, rowSpan: 1 } });

export class HTMLDialogElement extends HTMLElement {
  returnValue = '';

  show() { this.setAttribute('open', ''); }
  showModal() { this.show(); }
  /** @param {any} [value] */
  close(value) {
    if (value !== undefined) this.returnValue = String(value);
    this.removeAttribute('open');
    soon(() => tell(this, 'close'));
  }
}
reflects(HTMLDialogElement, { flags: 'open' });
handlersOf(HTMLDialogElement, 'close cancel');

export class SVGElement extends Element {
  get ownerSVGElement() { return this.parentElement?.closest('svg') ?? null; }
  get viewportElement() { return this.ownerSVGElement; }
  getBBox() {
    const { width, height } = boxOf(this, 'getBBox');
    return { x: 0, y: 0, width, height };
  }

  getComputedTextLength() { return boxOf(this, 'getComputedTextLength').width; }
  getTotalLength() { return boxOf(this, 'getTotalLength').width; }
  getScreenCTM() { return new here.window.DOMMatrix(); }
  getCTM() { return new here.window.DOMMatrix(); }
  createSVGPoint() { return new here.window.DOMPoint(); }
  createSVGMatrix() { return new here.window.DOMMatrix(); }
  focus() { if (isFocusable(this)) moveFocus(this.ownerDocument, this); }
  blur() { if (this.ownerDocument.activeElement === this) moveFocus(this.ownerDocument, null); }
}
