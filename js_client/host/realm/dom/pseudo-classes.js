/**
 * Pseudo-classes that ask an element alone: of its place among its siblings and of its state. Those that never hold
 * without a person at the screen (`:hover`, `:active`) are not here.
 */

import { here } from '../web/here.js';

/** @type {Record<string, (element: any, argument?: any) => boolean>} */
export const PSEUDO_TESTS = {
  'first-child': (element) => element.previousElementSibling === null,
  'last-child': (element) => element.nextElementSibling === null,
  'only-child': (element) => element.previousElementSibling === null && element.nextElementSibling === null,
  'first-of-type': (element) => placeOf(element, 'previousElementSibling', true) === 1,
  'last-of-type': (element) => placeOf(element, 'nextElementSibling', true) === 1,
  'only-of-type': (element) => placeOf(element, 'previousElementSibling', true) === 1 && placeOf(element, 'nextElementSibling', true) === 1,
  'nth-child': (element, numbers) => isNth(placeOf(element, 'previousElementSibling', false), numbers),
  'nth-last-child': (element, numbers) => isNth(placeOf(element, 'nextElementSibling', false), numbers),
  'nth-of-type': (element, numbers) => isNth(placeOf(element, 'previousElementSibling', true), numbers),
  'nth-last-of-type': (element, numbers) => isNth(placeOf(element, 'nextElementSibling', true), numbers),
  empty: isEmpty,
  root: (element) => element === element.ownerDocument?.documentElement,
  checked: (element) => Boolean(element.checked || element.selected),
  disabled: (element) => element.hasAttribute('disabled'),
  enabled: (element) => 'disabled' in element && !element.hasAttribute('disabled'),
  focus: (element) => element === element.ownerDocument.activeElement,
  'focus-visible': (element) => element === element.ownerDocument.activeElement,
  'focus-within': (element) => element.contains(element.ownerDocument.activeElement),
  target: (element) => element.id !== '' && here.window.location.hash === `#${element.id}`,
  link: isLink, 'any-link': isLink,
  required: (element) => element.hasAttribute('required'),
  optional: (element) => 'required' in element && !element.hasAttribute('required'),
  'read-only': (element) => element.hasAttribute('readonly'),
  valid: () => true,
  defined: () => true,
};

/** Comments are nothing. @param {any} element */
function isEmpty(element) {
  for (let node = element.firstChild; node; node = node.nextSibling) if (node.nodeType === 1 || (node.nodeType === 3 && node.data !== '')) return false;
  return true;
}

/** @param {any} element */
function isLink(element) {
  return element.localName === 'a' && element.hasAttribute('href');
}

/** Which one an element is among its siblings, from 1. @param {any} element @param {'previousElementSibling'|'nextElementSibling'} step @param {boolean} ofType */
function placeOf(element, step, ofType) {
  let place = 1;
  for (let other = element[step]; other; other = other[step]) if (!ofType || other.localName === element.localName) place += 1;
  return place;
}

/** @param {number} place @param {{every: number, from: number}} numbers */
function isNth(place, { every, from }) {
  if (every === 0) return place === from;
  const steps = (place - from) / every;
  return steps >= 0 && Number.isInteger(steps);
}
