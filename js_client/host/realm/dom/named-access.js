/**
 * `window.<id>`: elements as global variables. They are on a prototype of the window, so that a variable of the game
 * with the same name hides them.
 */

import { here } from '../web/here.js';

/** Elements that are found by their name as well. */
const BY_NAME = new Set(['img', 'form', 'embed', 'object', 'iframe', 'frameset']);

/** An id or a name was given. @param {'id'|'name'} kind @param {string} name @param {any} element */
export function nameOf(kind, name, element) {
  if (kind === 'name' && !BY_NAME.has(element.localName)) return;
  const names = here.window?.[NAMES];
  if (!names || Object.hasOwn(names, name)) return;
  Object.defineProperty(names, name, {
    get: () => here.document.getElementById(name) ?? namedElement(name),
    set(value) { Object.defineProperty(here.window, name, { value, writable: true, configurable: true, enumerable: true }); },
    configurable: true,
  });
}

/** @param {string} name */
function namedElement(name) {
  return here.document.getElementsByName(name)[0];
}

/** Of a window: the prototype with the elements' names. */
export const NAMES = Symbol('names');
