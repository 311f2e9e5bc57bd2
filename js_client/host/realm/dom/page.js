/**
 * A page in a realm: installPage makes the realm's global object a window, loadPage reads a file of the package into it.
 */

import { Event, trusted } from '../web/event.js';
import { arrive, here } from '../web/here.js';
import { installEvents, installWeb } from '../web/install.js';
import { ErrorEvent } from '../web/interface-events.js';
import { defineAll } from '../globals.js';
import { dispatch } from '../web/targets.js';
import { Attr, DOMStringMap, DOMTokenList, NamedNodeMap } from './attribute-views.js';
import { CharacterData, Comment, DocumentType, Text } from './characters.js';
import { DOMParser, Document, STATE, WRITER, XMLSerializer, emptyDocument } from './document.js';
import { elementClasses } from './elements.js';
import { DocumentFragment } from './fragment.js';
import { DOMRect, DOMRectReadOnly } from './geometry.js';
import { installInputs } from './input.js';
import { OWNER } from './links.js';
import { HTMLCollection, NodeList } from './lists.js';
import { tellLoaded } from './loading.js';
import { Audio } from './media.js';
import { Node } from './node.js';
import { documentParser, parseOn, writeInto } from './parser.js';
import { NodeFilter, Range, Selection } from './ranges.js';
import { kindOfScript, runScript, scriptText } from './scripts.js';
import { CSSStyleDeclaration } from './style.js';
import { Window, becomeWindow, touchHandlers, windowProperties } from './window.js';

/** @typedef {import('../kernel.js').Kernel} Kernel */

/** @param {Kernel} kernel */
export function installPage(kernel) {
  const { scope } = kernel;
  arrive(kernel);
  here.base = kernel.files.pathOf(kernel.description.entry) ?? '/';
  becomeWindow(scope);
  installEvents(kernel);
  installWeb(kernel);
  const { classes, named, classNamed } = elementClasses();
  defineAll(scope, {
    ...classes, Window, Node, Document, HTMLDocument: Document, DocumentFragment, CharacterData, Text, Comment, DocumentType, Attr, NamedNodeMap,
    NodeList, HTMLCollection, DOMTokenList, DOMStringMap, CSSStyleDeclaration, DOMParser, XMLSerializer, Range, Selection, NodeFilter,
    DOMRect, DOMRectReadOnly, Image: pictureMaker(), Audio, Option: optionMaker(),
  });
  kernel.canvas.defineGlobals(scope);
  for (const name of named) defineLazily(scope, `HTML${name}Element`, () => classNamed(name));
  touchHandlers();
  defineAll(scope, windowProperties(kernel, here.base));
  scope.clientInformation = scope.navigator;
  here.document = new Document();
  here.document[STATE] = 'loading';
  defineAll(scope, { document: here.document });
  installInputs(kernel);
  tellErrors(kernel);
  kernel.fire = fire;
}

/** A global that is made when the game first looks for it. @param {any} scope @param {string} name @param {() => any} make */
function defineLazily(scope, name, make) {
  Object.defineProperty(scope, name, {
    get: make,
    set(value) { defineAll(scope, { [name]: value }); },
    configurable: true, enumerable: false,
  });
}

/** `new Image(width, height)` */
function pictureMaker() {
  /** @param {number} [width] @param {number} [height] */
  function Image(width, height) {
    const image = here.document.createElement('img');
    if (width !== undefined) image.width = width;
    if (height !== undefined) image.height = height;
    return image;
  }
  Image.prototype = here.window.HTMLImageElement?.prototype ?? elementClasses().classes.HTMLImageElement.prototype;
  return Image;
}

/** `new Option(text, value)` */
function optionMaker() {
  /** @param {string} [text] @param {string} [value] */
  function Option(text = '', value = undefined) {
    const option = here.document.createElement('option');
    option.textContent = text;
    if (value !== undefined) option.value = value;
    return option;
  }
  Option.prototype = elementClasses().classes.HTMLOptionElement.prototype;
  return Option;
}

/** Uncaught exceptions are an event of the window. @param {Kernel} kernel */
function tellErrors(kernel) {
  let isTelling = false;
  kernel.onError((error) => {
    // A listener that throws itself is in the report, and tells nobody.
    if (isTelling) return;
    isTelling = true;
    const message = `Uncaught ${error?.name ? `${error.name}: ${error.message}` : error}`;
    const [, filename = '', lineno = 0, colno = 0] = /((?:\/|https?:)[^\s()]*?):(\d+):(\d+)/.exec(error?.stack ?? '') ?? [];
    dispatch(kernel.scope, trusted(new ErrorEvent('error', { message, filename, lineno: Number(lineno), colno: Number(colno), error, cancelable: true })));
    isTelling = false;
  });
}

/** What a description's hooks fire. @param {string} type @param {string} [target] a selector; the window without one */
function fire(type, target) {
  const targets = target === undefined || target === 'window' ? [here.window] : target === 'document' ? [here.document] : here.document.querySelectorAll(target);
  for (const one of targets) dispatch(one, trusted(new Event(type, { bubbles: true, cancelable: true })));
}

/**
 * Reads a page of the package, or a script for which a page is made.
 * @param {Kernel} kernel @param {string} [path] the description's entry by default
 */
export function loadPage(kernel, path = kernel.description.entry) {
  const { document } = here;
  here.base = kernel.files.pathOf(path) ?? '/';
  document[STATE] = 'loading';
  const later = isScriptFile(here.base) ? readScriptFile(kernel) : readHtml(kernel, kernel.files.text(here.base));
  document[WRITER] = (/** @type {string} */ html) => document.body.insertAdjacentHTML('beforeend', html);
  for (const script of later) execute(script);
  tellLoaded(kernel, (state) => {
    document[STATE] = state;
    dispatch(document, trusted(new Event('readystatechange')));
  });
}

/** @param {string} path */
function isScriptFile(path) {
  return /\.[mc]?js$/.test(path);
}

/** An empty page that has the script alone. @param {Kernel} kernel @returns {any[]} */
function readScriptFile(kernel) {
  const { document } = here;
  if (!kernel.files.exists(here.base)) throw new Error(`${here.base}: there is no such file`);
  emptyDocument(document);
  const script = document.createElement('script');
  script.isParsed();
  script.setAttribute('src', here.base);
  if (kernel.natives.isModule(here.base)) script.setAttribute('type', 'module');
  document.body.appendChild(script);
  return [script];
}

/** @param {Kernel} kernel @param {string|undefined} html @returns {any[]} the scripts that run when all is read */
function readHtml(kernel, html) {
  if (html === undefined) throw new Error(`${here.base}: there is no such file`);
  /** @type {any[]} */
  const deferred = [];
  const { document } = here;
  const parser = documentParser(document, html.replace(/^\uFEFF/, ''), (script) => {
    const kind = kindOfScript(script);
    if (kind === undefined) return;
    const isLate = kind === 'module' || (script.hasAttribute('src') && (script.hasAttribute('defer') || script.hasAttribute('async')));
    if (isLate) deferred.push(script);
    else execute(script);
  });
  document[WRITER] = (/** @type {string} */ written) => writeInto(parser, written);
  parseOn(parser);
  return deferred;
}

/** @param {any} script that the parser has met */
function execute(script) {
  if (script[OWNER] !== here.document) return;
  const isInline = !script.hasAttribute('src');
  const text = isInline ? script.textContent : scriptText(script);
  if (text !== undefined) runScript(script, text);
  if (!isInline) dispatch(script, trusted(new Event(text === undefined ? 'error' : 'load')));
}
