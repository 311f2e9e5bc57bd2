/**
 * Attributes of elements: how they are kept, who is told of a change, and properties that stand for them.
 *
 * The views that scripts have of them are in attribute-views.js.
 */

import { here } from '../web/here.js';
import { mutated } from '../web/observers.js';

/** Of an element: its attributes, or undefined as long as it has none. */
const ATTRIBUTES = Symbol('attributes');
/** A method of elements: an attribute has changed. */
export const CHANGED = Symbol('changed');

/** @param {any} element @returns {Map<string, string>|undefined} */
export function attributesOf(element) {
  return element[ATTRIBUTES];
}

/** @param {any} element @param {string} name @returns {string|null} */
export function attribute(element, name) {
  return element[ATTRIBUTES]?.get(name) ?? null;
}

/** @param {any} element @param {string} name @param {string|null} value null removes it */
export function setAttributeOf(element, name, value) {
  const before = attribute(element, name);
  if (value === null && before === null) return;
  putAttribute(element, name, value);
  here.changes += 1;
  element[CHANGED](name, value);
  if (here.observers.size > 0) mutated({ type: 'attributes', target: element, attributeName: name, oldValue: before });
}

/** Without telling anybody. @param {any} element @param {string} name @param {string|null} value */
export function putAttribute(element, name, value) {
  if (value === null) element[ATTRIBUTES]?.delete(name);
  else (element[ATTRIBUTES] ??= new Map()).set(name, value);
}

/**
 * Properties of a class that stand for attributes.
 * @param {any} owner a class
 * @param {{texts?: string, flags?: string, numbers?: Record<string, number>}} kinds names with spaces between; `htmlFor:for` where the attribute's differs
 */
export function reflects(owner, { texts = '', flags = '', numbers = {} }) {
  for (const [property, name] of named(texts)) define(owner, property, textProperty(name));
  for (const [property, name] of named(flags)) define(owner, property, flagProperty(name));
  for (const [property, standard] of Object.entries(numbers)) define(owner, property, numberProperty(property.toLowerCase(), standard));
}

/** @param {string} names */
function named(names) {
  return names.split(/\s+/).filter(Boolean).map((both) => {
    const [property, name = property.toLowerCase()] = both.split(':');
    return [property, name];
  });
}

/** @param {any} owner @param {string} property @param {any} accessors */
function define(owner, property, accessors) {
  Object.defineProperty(owner.prototype, property, { ...accessors, configurable: true, enumerable: true });
}

/** @param {string} name @returns {any} */
function textProperty(name) {
  return {
    get() { return attribute(this, name) ?? ''; },
    set(/** @type {any} */ value) { setAttributeOf(this, name, String(value)); },
  };
}

/** @param {string} name @returns {any} */
function flagProperty(name) {
  return {
    get() { return attribute(this, name) !== null; },
    set(/** @type {any} */ value) { setAttributeOf(this, name, value ? '' : null); },
  };
}

/** @param {string} name @param {number} standard @returns {any} */
function numberProperty(name, standard) {
  return {
    get() {
      const number = parseInt(attribute(this, name) ?? '', 10);
      return Number.isNaN(number) ? standard : number;
    },
    set(/** @type {any} */ value) { setAttributeOf(this, name, String(Math.trunc(Number(value)) || 0)); },
  };
}
