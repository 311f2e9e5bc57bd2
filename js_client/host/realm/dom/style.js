/**
 * CSSStyleDeclaration: declarations as an element's `style` holds them, by `camelCase` and by `kebab-case` name.
 *
 * What a value becomes is in style-values.js. Shorthands for four sides are split; others stay as they are.
 */

import { DOMException } from '../web/aborting.js';
import { animated } from '../web/targets.js';
import { STYLE_NAMES } from './style-names.js';
import { parseDeclarations, propertyName, styleValue } from './style-values.js';

const VALUES = Symbol('values');
const IMPORTANT = Symbol('important');
/** Of a style: called when it has changed, with the property if it is a single one. */
const TOLD = Symbol('told');
/** A method: the text of a property. */
export const READ = Symbol('read');

/** Of a style: whether there has ever been a border. */
export const BORDERED = Symbol('bordered');

const FOUR_SIDES = /^(margin|padding|inset)$/;
const SIDES = ['top', 'right', 'bottom', 'left'];

export class CSSStyleDeclaration {
  /** @type {Map<string, string>} */
  [VALUES] = new Map();
  /** @type {Set<string>|undefined} */
  [IMPORTANT];
  /** @type {(name?: string) => void} */
  [TOLD];
  /** Whether there has ever been a border: most elements never have one. */
  [BORDERED] = false;

  /** @param {(name?: string) => void} [told] @param {string} [text] */
  constructor(told = nobody, text = '') {
    defineStyleNames();
    this[TOLD] = told;
    assignAll(this, text);
  }

  /** @param {string} name @returns {string} */
  [READ](name) {
    return this[VALUES].get(name) ?? (FOUR_SIDES.test(name) ? sidesTogether(this[VALUES], name) : '');
  }

  get length() { return this[VALUES].size; }
  /** @param {number} index */
  item(index) { return [...this[VALUES].keys()][index] ?? ''; }
  get parentRule() { return null; }
  /** @param {any} name */
  getPropertyValue(name) { return this[READ](propertyName(name)); }
  /** @param {any} name */
  getPropertyPriority(name) { return this[IMPORTANT]?.has(propertyName(name)) ? 'important' : ''; }
  /** @param {any} name @param {any} value @param {any} [priority] */
  setProperty(name, value, priority = '') {
    const property = propertyName(name);
    assign(this, property, value === null ? '' : String(value), priority === 'important');
    this[TOLD](property);
  }

  /** @param {any} name */
  removeProperty(name) {
    const before = this.getPropertyValue(name);
    this.setProperty(name, '');
    return before;
  }

  get cssText() {
    return [...this[VALUES]].map(([name, value]) => `${name}: ${value}${this[IMPORTANT]?.has(name) ? ' !important' : ''};`).join(' ');
  }

  set cssText(text) {
    this[VALUES].clear();
    this[IMPORTANT] = undefined;
    assignAll(this, String(text));
    this[TOLD]();
  }

  get [Symbol.toStringTag]() { return 'CSSStyleDeclaration'; }
}

function nobody() {}

/** @param {CSSStyleDeclaration} style @param {string} text */
function assignAll(style, text) {
  if (text === '') return;
  for (const { name, value, isImportant } of parseDeclarations(text)) assign(style, name, value, isImportant);
}

/** @param {CSSStyleDeclaration} style @param {string} name @param {string} value @param {boolean} isImportant */
function assign(style, name, value, isImportant) {
  const kept = value === '' ? '' : styleValue(name, value.trim());
  if (kept === undefined) return;
  if (FOUR_SIDES.test(name)) return assignSides(style, name, kept, isImportant);
  if (kept === '') {
    style[VALUES].delete(name);
    return;
  }
  style[VALUES].set(name, kept);
  if (isImportant) (style[IMPORTANT] ??= new Set()).add(name);
  else style[IMPORTANT]?.delete(name);
  if (name.startsWith('border')) style[BORDERED] = true;
  else if (isAnimation(name, kept)) animated();
}

const ANIMATION = /^(-webkit-)?(transition|animation)(-name|-duration|-property)?$/;

/** @param {string} name @param {string} value */
export function isAnimation(name, value) {
  return ANIMATION.test(name) && !/^(none|0s|all$|all 0s)/.test(value);
}

/** @param {string} name @param {string} side */
function sideName(name, side) {
  return name === 'inset' ? side : `${name}-${side}`;
}

/** @param {CSSStyleDeclaration} style @param {string} name @param {string} value @param {boolean} isImportant */
function assignSides(style, name, value, isImportant) {
  sidesOf(name, value).forEach(([side, part]) => assign(style, side, part, isImportant));
}

/** A shorthand for four sides as four declarations. @param {string} name @param {string} value @returns {[string, string][]} */
export function sidesOf(name, value) {
  const [top = '', right = top, bottom = top, left = right] = value.split(/\s+(?![^(]*\))/);
  return [top, right, bottom, left].map((part, i) => [sideName(name, SIDES[i]), part]);
}

/** @param {string} name */
export function isForFourSides(name) {
  return FOUR_SIDES.test(name);
}

/** @param {Map<string, string>} values @param {string} name */
function sidesTogether(values, name) {
  const [top, right, bottom, left] = SIDES.map((side) => values.get(sideName(name, side)));
  if (top === undefined || right === undefined || bottom === undefined || left === undefined) return '';
  if (left !== right) return `${top} ${right} ${bottom} ${left}`;
  if (bottom !== top) return `${top} ${right} ${bottom}`;
  return right === top ? top : `${top} ${right}`;
}

/** @param {CSSStyleDeclaration} style @param {string} name @param {any} value */
function write(style, name, value) {
  if (style instanceof ComputedStyle) return style.setProperty(name);
  assign(style, name, value === null ? '' : String(value), false);
  style[TOLD](name);
}

/** Defined when the first style is asked for: a game without elements never pays for them. */
function defineStyleNames() {
  if (Object.hasOwn(CSSStyleDeclaration.prototype, 'left')) return;
  for (const name of STYLE_NAMES) {
    const property = {
      get() { return /** @type {any} */ (this)[READ](name); },
      set(/** @type {any} */ value) { write(/** @type {any} */ (this), name, value); },
      configurable: true, enumerable: true,
    };
    for (const alias of aliases(name)) Object.defineProperty(CSSStyleDeclaration.prototype, alias, property);
  }
}

/** @param {string} name in kebab-case @returns {string[]} */
function aliases(name) {
  const camel = name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
  if (name === 'float') return ['float', 'cssFloat'];
  if (!name.startsWith('-webkit-')) return [name, camel];
  return [name, camel, camel[0].toLowerCase() + camel.slice(1)];
}

/** The style of a computed element: nothing can be set. */
export class ComputedStyle extends CSSStyleDeclaration {
  #find;

  /** @param {(name: string) => string} find */
  constructor(find) {
    super();
    this.#find = find;
  }

  /** @param {string} name */
  [READ](name) { return this.#find(name); }
  /** @param {any} name */
  setProperty(name) { throw new DOMException(`These styles are computed, and therefore the '${name}' property is read-only.`, 'NoModificationAllowedError'); }
  get cssText() { return ''; }
  set cssText(_) { this.setProperty('cssText'); }
  get length() { return STYLE_NAMES.length; }
  /** @param {number} index */
  item(index) { return STYLE_NAMES[index] ?? ''; }
}
