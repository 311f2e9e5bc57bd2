/**
 * Rules of the page's style sheets, and which of them an element has: from <style> elements and linked files of the
 * package. Media queries are asked once, since the screen does not change.
 */

import { here } from '../web/here.js';
import { mediaMatches } from '../web/navigator.js';
import { packagePath } from '../web/resources.js';
import { animated } from '../web/targets.js';
import { elementsBelow } from './links.js';
import { parseSelectors } from './selector-parser.js';
import { matchesSelector } from './selectors.js';
import { isAnimation, isForFourSides, sidesOf } from './style.js';
import { parseDeclarations, styleValue } from './style-values.js';

/** @typedef {import('./selector-parser.js').Selector} Selector */
/** @typedef {{selector: Selector, values: Map<string, string>, important: Set<string>, order: number}} Rule */

/** The rules of a document, and the changes that they were read at. @type {WeakMap<any, {rules: Rule[], changes: number, sheets: string}>} */
const known = new WeakMap();
/** Rules by the text of a sheet: many pages of a process, or many readings of one, have the same. @type {Map<string, Rule[]>} */
const parsed = new Map();

/** @param {any} document @returns {Rule[]} */
function rulesOf(document) {
  const found = known.get(document);
  if (found?.changes === here.changes) return found.rules;
  const texts = sheetsOf(document);
  const sheets = texts.join('\n');
  // The same list for the same sheets: what elements have matched stays true as long as nothing else has changed.
  const rules = found?.sheets === sheets ? found.rules : ordered(texts);
  known.set(document, { rules, changes: here.changes, sheets });
  return rules;
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
  const rules = texts.flatMap(rulesIn).map((rule, order) => ({ ...rule, order }));
  return rules.sort((a, b) => a.selector.weight - b.selector.weight || a.order - b.order);
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
  let at = 0;
  for (;;) {
    const open = css.indexOf('{', at);
    if (open < 0) return;
    let end = open + 1;
    for (let depth = 1; depth > 0 && end < css.length; end += 1) {
      if (css[end] === '{') depth += 1;
      else if (css[end] === '}') depth -= 1;
    }
    yield { head: css.slice(at, open).replace(/@[^;{}]*;/g, '').trim(), body: css.slice(open + 1, end - (css[end - 1] === '}' ? 1 : 0)) };
    at = end;
  }
}

const MATCHED = Symbol('matched');

/** The rules that an element has, the strongest last. @param {any} element @returns {Rule[]} */
export function rulesFor(element) {
  const rules = rulesOf(element.ownerDocument);
  const found = element[MATCHED];
  if (found?.changes === here.changes) return found.rules;
  const matched = rules.length === 0 ? rules : rules.filter(({ selector }) => matchesSelector(element, selector));
  element[MATCHED] = { rules: matched, changes: here.changes };
  return matched;
}

/** What style sheets say of a property. @param {any} element @param {string} name @returns {{value: string, isImportant: boolean}|undefined} */
export function sheetValue(element, name) {
  /** @type {string|undefined} */
  let plain;
  const rules = rulesFor(element);
  for (let i = rules.length - 1; i >= 0; i -= 1) {
    const value = rules[i].values.get(name);
    if (value === undefined) continue;
    if (rules[i].important.has(name)) return { value, isImportant: true };
    plain ??= value;
  }
  return plain === undefined ? undefined : { value: plain, isImportant: false };
}
