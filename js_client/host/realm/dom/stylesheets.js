/**
 * Rules of the page's style sheets, and which of them an element has: from <style> elements and linked files of the
 * package. Media queries are asked once, since the screen does not change.
 */

import { here } from '../web/here.js';
import { mediaMatches } from '../web/navigator.js';
import { packagePath } from '../web/resources.js';
import { animated } from '../web/targets.js';
import { attribute } from './attributes.js';
import { elementsBelow } from './links.js';
import { parseSelectors } from './selector-parser.js';
import { matchesSelector } from './selectors.js';
import { isAnimation, isForFourSides, sidesOf } from './style.js';
import { parseDeclarations, styleValue } from './style-values.js';

/** @typedef {import('./selector-parser.js').Selector} Selector */
/** @typedef {{selector: Selector, values: Map<string, string>, important: Set<string>, order: number}} Rule */

/** The rules of a document, and the changes that they were read at. @type {WeakMap<any, {index: RuleIndex, changes: number, sheets: string}>} */
const known = new WeakMap();
/** Rules by the text of a sheet: many pages of a process, or many readings of one, have the same. @type {Map<string, Rule[]>} */
const parsed = new Map();

/** @param {any} document @returns {RuleIndex} */
function rulesOf(document) {
  const found = known.get(document);
  if (found?.changes === here.changes) return found.index;
  const texts = sheetsOf(document);
  const sheets = texts.join('\n');
  const index = found?.sheets === sheets ? found.index : new RuleIndex(ordered(texts));
  known.set(document, { index, changes: here.changes, sheets });
  return index;
}

/** @param {any} document @returns {string[]} */
function sheetsOf(document) {
  return elementsBelow(document, ({ localName }) => localName === 'style' || localName === 'link').map(sheetText);
}

/** @param {any} element */
function sheetText(element) {
  if (element.disabled || !mediaMatches(element.getAttribute('media') ?? '')) return '';
  if (element.localName === 'style') return element.textContent;
  if (!/\bstylesheet\b/i.test(element.getAttribute('rel') ?? '')) return '';
  const path = packagePath(element.getAttribute('href') ?? '');
  return path === undefined ? '' : here.kernel.files.text(path) ?? '';
}

/** @param {string[]} texts */
function ordered(texts) {
  return texts.flatMap(rulesIn).map((rule, order) => ({ ...rule, order }));
}

/** @param {string} text @returns {Rule[]} */
function rulesIn(text) {
  const found = parsed.get(text);
  if (found) return found;
  /** @type {Rule[]} */
  const rules = [];
  readRules(text.replace(/\/\*.*?\*\//gs, ''), rules);
  parsed.set(text, rules);
  return rules;
}

/** @param {string} css @param {Rule[]} rules */
function readRules(css, rules) {
  for (const { head, body } of blocksOf(css)) {
    const media = /^@media\b(.*)$/is.exec(head)?.[1];
    if (media !== undefined ? mediaMatches(media) : /^@(supports|layer)\b/i.test(head)) readRules(body, rules);
    else if (!head.startsWith('@')) addRule(head, body, rules);
  }
}

/** @param {string} head @param {string} body @param {Rule[]} rules */
function addRule(head, body, rules) {
  const values = new Map();
  const important = new Set();
  for (const { name, value, isImportant } of parseDeclarations(body)) {
    for (const [side, part] of isForFourSides(name) ? sidesOf(name, value) : [[name, value]]) {
      const kept = styleValue(side, part);
      if (kept === undefined) continue;
      values.set(side, kept);
      if (isImportant) important.add(side);
      if (isAnimation(side, kept)) animated();
    }
  }
  for (const selector of selectorsOf(head)) rules.push({ selector, values, important, order: 0 });
}

/** A selector that nobody understands makes no rule. @param {string} text */
function selectorsOf(text) {
  try {
    return parseSelectors(text);
  } catch {
    return [];
  }
}

/** `head { body }`, one after the other, without what has no braces. @param {string} css */
function* blocksOf(css) {
  let [from, open, depth] = [0, 0, 0];
  for (const { 0: sign, index } of css.matchAll(BRACES)) {
    if (sign === '{') {
      if (depth === 0) open = index;
      depth += 1;
    } else if (sign === '}' && depth > 0) {
      depth -= 1;
      if (depth > 0) continue;
      yield { head: css.slice(from, open).replace(/@[^;{}]*;/g, '').trim(), body: css.slice(open + 1, index) };
      from = index + 1;
    }
  }
  if (depth > 0) yield { head: css.slice(from, open).replace(/@[^;{}]*;/g, '').trim(), body: css.slice(open + 1) };
}

/** Braces, and strings with whatever is in them. */
const BRACES = /[{}]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gs;

const MATCHED = Symbol('matched');

/** What the sheets say of an element, the strongest of each property. @typedef {{changes: number, values: Map<string, string>, important: Set<string>, isBordered: boolean}} Said */

/** @type {Said} */
const NOTHING_SAID = { changes: -1, values: new Map(), important: new Set(), isBordered: false };

/** @param {any} element @returns {Said} */
export function saidOf(element) {
  /** @type {Said|undefined} */
  const found = element[MATCHED];
  if (found?.changes === here.changes) return found;
  const index = rulesOf(element.ownerDocument);
  const matched = index.isEmpty ? NO_RULES : candidates(index, element).filter(({ selector }) => matchesSelector(element, selector));
  const said = matched.length === 0 ? { ...NOTHING_SAID } : together(matched);
  said.changes = here.changes;
  element[MATCHED] = said;
  return said;
}

/** @type {Rule[]} */
const NO_RULES = [];

/** @param {Rule[]} rules @returns {Said} */
function together(rules) {
  const values = new Map();
  const important = new Set();
  let isBordered = false;
  for (const rule of rules.sort((a, b) => a.selector.weight - b.selector.weight || a.order - b.order)) {
    for (const [name, value] of rule.values) {
      const isImportant = rule.important.has(name);
      if (important.has(name) && !isImportant) continue;
      values.set(name, value);
      if (isImportant) important.add(name);
      isBordered ||= name.startsWith('border');
    }
  }
  return { changes: 0, values, important, isBordered };
}

/** Rules by what the last part of their selector asks for, so that an element is held against few. */
class RuleIndex {
  /** @type {Map<string, Rule[]>} */
  byKey = new Map();
  isEmpty;

  /** @param {Rule[]} rules */
  constructor(rules) {
    this.isEmpty = rules.length === 0;
    for (const rule of rules) {
      const key = keyOfSelector(rule.selector);
      const list = this.byKey.get(key);
      if (list) list.push(rule);
      else this.byKey.set(key, [rule]);
    }
  }
}

/** @param {Selector} selector */
function keyOfSelector({ compounds }) {
  const { id, classes, tag } = compounds[compounds.length - 1];
  if (id !== undefined) return `#${id}`;
  return classes.length > 0 ? `.${classes[0]}` : tag ?? '*';
}

/** @param {RuleIndex} index @param {any} element @returns {Rule[]} */
function candidates({ byKey }, element) {
  const keys = ['*', element.localName];
  const id = attribute(element, 'id');
  if (id !== null) keys.push(`#${id}`);
  for (const name of (attribute(element, 'class') ?? '').split(/\s+/)) if (name !== '') keys.push(`.${name}`);
  return keys.flatMap((key) => byKey.get(key) ?? NO_RULES);
}
