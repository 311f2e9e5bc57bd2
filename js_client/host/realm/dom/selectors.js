/**
 * Which elements a CSS selector means. Reading selectors is in selector-parser.js, pseudo-classes in pseudo-classes.js.
 */

import { elementsBelow, following } from './links.js';
import { PSEUDO_TESTS } from './pseudo-classes.js';
import { parseSelectors } from './selector-parser.js';

/** @typedef {import('./selector-parser.js').Compound} Compound */
/** @typedef {import('./selector-parser.js').Selector} Selector */

const ONE_ID = /^#[\w-]+$/;

/** The first element below a root. @param {any} root @param {string} text @returns {any} */
export function firstMatch(root, text) {
  if (root.nodeType === 9 && ONE_ID.test(text)) return root.getElementById(text.slice(1));
  const selectors = parseSelectors(text);
  for (let node = following(root, root); node !== null; node = following(node, root)) {
    if (node.nodeType === 1 && matchesAny(node, selectors, root)) return node;
  }
  return null;
}

/** All elements below a root. @param {any} root @param {string} text @returns {any[]} */
export function allMatches(root, text) {
  const selectors = parseSelectors(text);
  return elementsBelow(root, (element) => matchesAny(element, selectors, root));
}

/** @param {any} element @param {string} text */
export function isMatch(element, text) {
  return matchesAny(element, parseSelectors(text), element);
}

/** @param {any} element @param {Selector[]} selectors @param {any} scope */
function matchesAny(element, selectors, scope) {
  for (const selector of selectors) if (matchesSelector(element, selector, scope)) return true;
  return false;
}

/** @param {any} element @param {Selector} selector @param {any} [scope] what `:scope` means */
export function matchesSelector(element, selector, scope = null) {
  return !selector.hasNoElement && matchesFrom(element, selector.compounds, selector.compounds.length - 1, scope);
}

/** From right to left. @param {any} element @param {Compound[]} compounds @param {number} at @param {any} scope @returns {boolean} */
function matchesFrom(element, compounds, at, scope) {
  const compound = compounds[at];
  if (!matchesCompound(element, compound, scope)) return false;
  switch (compound.between) {
    case '': return true;
    case ' ': return matchesAlong(element, 'parentElement', compounds, at, scope);
    case '~': return matchesAlong(element, 'previousElementSibling', compounds, at, scope);
    case '>': return matchesNext(element.parentElement, compounds, at, scope);
    default: return matchesNext(element.previousElementSibling, compounds, at, scope);
  }
}

/** The first compound of a relative selector is held against the scope. @param {any} element @param {Compound[]} compounds @param {number} at @param {any} scope */
function matchesNext(element, compounds, at, scope) {
  if (element === null) return false;
  return at === 0 ? element === scope : matchesFrom(element, compounds, at - 1, scope);
}

/** @param {any} element @param {'parentElement'|'previousElementSibling'} step @param {Compound[]} compounds @param {number} at @param {any} scope */
function matchesAlong(element, step, compounds, at, scope) {
  for (let next = element[step]; next; next = next[step]) if (matchesNext(next, compounds, at, scope)) return true;
  return false;
}

/** @param {any} element @param {Compound} compound @param {any} scope */
function matchesCompound(element, compound, scope) {
  const { tag, id, classes, attributes, pseudos } = compound;
  if (tag !== undefined && element.localName !== tag && element.localName.toLowerCase() !== tag) return false;
  if (id !== undefined && element.getAttribute('id') !== id) return false;
  for (const name of classes) if (!hasClass(element, name)) return false;
  for (const test of attributes) if (!matchesAttribute(element, test)) return false;
  for (const { name, argument } of pseudos) if (!matchesPseudo(element, name, argument, scope)) return false;
  return true;
}

/** @param {any} element @param {string} name */
export function hasClass(element, name) {
  const names = element.getAttribute('class');
  if (names === null) return false;
  return names === name || (names.includes(name) && names.split(/\s+/).includes(name));
}

/** @param {any} element @param {Compound['attributes'][0]} test */
function matchesAttribute(element, { name, operator, value, isLoose }) {
  const actual = element.getAttribute(name);
  if (actual === null) return operator === '!=';
  return isLoose ? compares(operator, actual.toLowerCase(), value.toLowerCase()) : compares(operator, actual, value);
}

/** @param {string} operator @param {string} actual @param {string} value */
function compares(operator, actual, value) {
  switch (operator) {
    case '': return true;
    case '=': return actual === value;
    case '~=': return value !== '' && actual.split(/\s+/).includes(value);
    case '|=': return actual === value || actual.startsWith(`${value}-`);
    case '^=': return value !== '' && actual.startsWith(value);
    case '$=': return value !== '' && actual.endsWith(value);
    case '*=': return value !== '' && actual.includes(value);
    default: return actual !== value;
  }
}

/** @param {any} element @param {string} name @param {any} argument @param {any} scope @returns {boolean} */
function matchesPseudo(element, name, argument, scope) {
  switch (name) {
    case 'not': return !matchesAny(element, argument, scope);
    case 'is': case 'where': case 'matches': case '-webkit-any': return matchesAny(element, argument, scope);
    case 'has': return elementsBelow(element.parentElement ?? element, (other) => matchesAny(other, argument, element)).length > 0;
    case 'scope': return scope?.nodeType === 1 ? element === scope : PSEUDO_TESTS.root(element);
    default: return PSEUDO_TESTS[name]?.(element, argument) ?? false;
  }
}
