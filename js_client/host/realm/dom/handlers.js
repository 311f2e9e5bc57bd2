/**
 * Attributes like `onclick="…"` as functions.
 */

import { here } from '../web/here.js';

/**
 * The function of an attribute, compiled when it is first called: with the document's and the element's properties in
 * its scope, as in a browser.
 * @param {any} element @param {string} name @param {string} text
 */
export function compiledHandler(element, name, text) {
  /** @type {Function|undefined} */
  let work;
  /** @this {any} @param {any[]} args */
  return function handler(...args) {
    work ??= here.kernel.natives.compile(`with (document) with (this) {\n${text}\n}`, `${element.localName}.${name}`, name === 'onerror' ? ['event', 'source', 'lineno', 'colno', 'error'] : ['event']);
    return Reflect.apply(work, this, args);
  };
}
