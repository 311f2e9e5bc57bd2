/**
 * Reads CSS selectors into compounds, each with what stands between it and the one before. Pure; matching is in
 * selectors.js.
 */

import { DOMException } from '../web/aborting.js';

/**
 * @typedef {object} Compound
 * @property {string} between the combinator before it: '', ' ', '>', '+' or '~'
 * @property {string|undefined} tag in small letters; undefined for any
 * @property {string|undefined} id
 * @property {string[]} classes
 * @property {{name: string, operator: string, value: string, isLoose: boolean}[]} attributes
 * @property {{name: string, argument: any}[]} pseudos an argument is a list of selectors, a pattern of numbers or undefined
 * @property {string|undefined} pseudoElement
 */

/** @typedef {{compounds: Compound[], weight: number, hasNoElement: boolean}} Selector the weight is CSS's specificity as one number */

const SELECTOR_NAME = /(?:[\w\u0080-\uffff-]|\\[0-9a-fA-F]{1,6}\s?|\\.)+/y;
const COMBINATOR = /\s*([>+~])\s*|\s+/y;
const ATTRIBUTE_TEST = /\[\s*([\w:\u0080-\uffff-]+(?:\|[\w-]+)?)\s*(?:([~|^$*!]?=)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:[\w\u0080-\uffff-]|\\.)+))\s*([iIsS])?\s*)?\]/y;

/** Pseudo-classes that take selectors. */
const WITH_SELECTORS = new Set(['not', 'is', 'where', 'matches', '-webkit-any', 'has']);
const WITH_NUMBERS = new Set(['nth-child', 'nth-last-child', 'nth-of-type', 'nth-last-of-type']);
const PLAIN_PSEUDOS = new Set(['first-child', 'last-child', 'only-child', 'first-of-type', 'last-of-type', 'only-of-type', 'empty', 'root', 'scope',
  'checked', 'disabled', 'enabled', 'focus', 'focus-within', 'focus-visible', 'hover', 'active', 'visited', 'link', 'any-link', 'target', 'required',
  'optional', 'read-only', 'read-write', 'placeholder-shown', 'invalid', 'valid', 'indeterminate', 'default', 'fullscreen', 'defined', 'host', 'lang']);
/** Written with one colon, too. */
const PSEUDO_ELEMENTS = new Set(['before', 'after', 'first-line', 'first-letter']);

/** @type {Map<string, Selector[]>} */
const knownSelectors = new Map();
const MOST_SELECTORS = 2000;

/** The alternatives of a list of selectors. @param {string} text @returns {Selector[]} @throws {DOMException} it is none */
export function parseSelectors(text) {
  const found = knownSelectors.get(text);
  if (found) return found;
  const reader = { text, at: 0 };
  const selectors = readSelectorList(reader, false);
  if (knownSelectors.size >= MOST_SELECTORS) knownSelectors.clear();
  knownSelectors.set(text, selectors);
  return selectors;
}

/** @typedef {{text: string, at: number}} Reader */

/** @param {Reader} reader @param {boolean} isInner within parentheses @param {boolean} [isRelative] may begin with a combinator @returns {Selector[]} */
function readSelectorList(reader, isInner, isRelative = false) {
  const selectors = [];
  for (;;) {
    skipSelectorSpace(reader);
    selectors.push(readSelector(reader, isRelative));
    skipSelectorSpace(reader);
    const sign = reader.text[reader.at];
    if (sign === ',') reader.at += 1;
    else if (sign === (isInner ? ')' : undefined)) return selectors;
    else throw invalidSelector(reader);
  }
}

/** @param {Reader} reader @param {boolean} isRelative @returns {Selector} */
function readSelector(reader, isRelative) {
  /** @type {Compound[]} */
  const compounds = [];
  let between = isRelative ? takeSign(reader, /[>+~]\s*/y)?.[0].trim() ?? ' ' : '';
  for (;;) {
    compounds.push(readCompound(reader, between));
    const found = peekSign(reader, COMBINATOR);
    if (!found) break;
    const end = reader.text[reader.at + found[0].length];
    if (!found[1] && (end === undefined || end === ',' || end === ')')) break;
    reader.at += found[0].length;
    between = found[1] ?? ' ';
  }
  return {
    compounds,
    weight: compounds.reduce((sum, compound) => sum + weightOf(compound), 0),
    hasNoElement: compounds.some(({ pseudoElement }) => pseudoElement !== undefined),
  };
}

/** @param {Compound} compound @returns {number} */
function weightOf({ tag, id, classes, attributes, pseudos }) {
  const inner = pseudos.reduce((sum, { name, argument }) => sum + pseudoWeight(name, argument), 0);
  return (id === undefined ? 0 : 1e6) + 1e3 * (classes.length + attributes.length) + (tag === undefined ? 0 : 1) + inner;
}

/** @param {string} name @param {any} argument */
function pseudoWeight(name, argument) {
  if (name === 'where') return 0;
  return WITH_SELECTORS.has(name) ? Math.max(...argument.map((/** @type {Selector} */ selector) => selector.weight)) : 1e3;
}

/** @param {Reader} reader @param {string} between @returns {Compound} */
function readCompound(reader, between) {
  /** @type {Compound} */
  const compound = { between, tag: undefined, id: undefined, classes: [], attributes: [], pseudos: [], pseudoElement: undefined };
  const start = reader.at;
  const tag = takeSign(reader, SELECTOR_NAME)?.[0] ?? takeSign(reader, /\*/y)?.[0];
  if (tag !== undefined && tag !== '*') compound.tag = plainName(tag).toLowerCase();
  while (readPart(reader, compound));
  if (reader.at === start) throw invalidSelector(reader);
  return compound;
}

/** @param {Reader} reader @param {Compound} compound @returns {boolean} whether there was one */
function readPart(reader, compound) {
  switch (reader.text[reader.at]) {
    case '#':
      reader.at += 1;
      compound.id = plainName(needSign(reader, SELECTOR_NAME)[0]);
      return true;
    case '.':
      reader.at += 1;
      compound.classes.push(plainName(needSign(reader, SELECTOR_NAME)[0]));
      return true;
    case '[':
      compound.attributes.push(attributeTest(needSign(reader, ATTRIBUTE_TEST)));
      return true;
    case ':':
      readPseudo(reader, compound);
      return true;
    default:
      return false;
  }
}

/** @param {RegExpExecArray} found */
function attributeTest([, name, operator = '', double, single, bare, flag = '']) {
  return { name: name.toLowerCase(), operator, value: plainName(double ?? single ?? bare ?? ''), isLoose: flag.toLowerCase() === 'i' };
}

/** @param {Reader} reader @param {Compound} compound */
function readPseudo(reader, compound) {
  const isElement = reader.text[reader.at + 1] === ':';
  reader.at += isElement ? 2 : 1;
  const name = needSign(reader, SELECTOR_NAME)[0].toLowerCase();
  if (isElement || PSEUDO_ELEMENTS.has(name)) {
    compound.pseudoElement = name;
    return;
  }
  compound.pseudos.push({ name, argument: readArgument(reader, name) });
}

/** @param {Reader} reader @param {string} name @returns {any} */
function readArgument(reader, name) {
  const isCalled = reader.text[reader.at] === '(';
  if (!isCalled) {
    if (!PLAIN_PSEUDOS.has(name)) throw invalidSelector(reader);
    return undefined;
  }
  reader.at += 1;
  if (WITH_SELECTORS.has(name)) {
    const selectors = readSelectorList(reader, true, name === 'has');
    reader.at += 1;
    return selectors;
  }
  const text = needSign(reader, /[^()]*\)/y)[0].slice(0, -1).trim();
  if (WITH_NUMBERS.has(name)) return numbersOf(text) ?? refuseSelector(reader);
  return name === 'lang' ? text : refuseSelector(reader);
}

/** `2n+1`, `odd` … @param {string} text @returns {{every: number, from: number}|undefined} */
function numbersOf(text) {
  if (text === 'odd') return { every: 2, from: 1 };
  if (text === 'even') return { every: 2, from: 0 };
  const [whole, every, from] = /^([+-]?\d*)n\s*([+-]\s*\d+)?$/i.exec(text) ?? [];
  if (whole !== undefined) {
    const step = every === '' || every === '+' ? 1 : every === '-' ? -1 : Number(every);
    return { every: step, from: Number((from ?? '0').replace(/\s/g, '')) };
  }
  return /^[+-]?\d+$/.test(text) ? { every: 0, from: Number(text) } : undefined;
}

/** @param {string} name with escapes */
function plainName(name) {
  if (!name.includes('\\')) return name;
  return name.replace(/\\([0-9a-fA-F]{1,6})\s?|\\(.)/g, (_, code, sign) => (code ? String.fromCodePoint(parseInt(code, 16)) : sign));
}

/** @param {Reader} reader */
function skipSelectorSpace(reader) {
  takeSign(reader, /\s*/y);
}

/** @param {Reader} reader @param {RegExp} pattern sticky */
function peekSign(reader, pattern) {
  pattern.lastIndex = reader.at;
  return pattern.exec(reader.text);
}

/** @param {Reader} reader @param {RegExp} pattern sticky */
function takeSign(reader, pattern) {
  const found = peekSign(reader, pattern);
  if (found) reader.at += found[0].length;
  return found;
}

/** @param {Reader} reader @param {RegExp} pattern sticky @returns {RegExpExecArray} */
function needSign(reader, pattern) {
  return takeSign(reader, pattern) ?? refuseSelector(reader);
}

/** @param {Reader} reader @returns {never} */
function refuseSelector(reader) {
  throw invalidSelector(reader);
}

/** @param {Reader} reader */
function invalidSelector({ text }) {
  return new DOMException(`'${text}' is not a valid selector.`, 'SyntaxError');
}
