/**
 * Values of CSS properties as a browser writes them back where games read them again: numbers with six digits, lengths
 * with a unit; what is no length is refused. And declarations in a text.
 */

import { here } from '../web/here.js';
import { writtenColor } from './style-colors.js';
import { LENGTH_NAMES } from './style-names.js';

const LENGTH = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z]+|%)?$/i;
const LENGTH_WORD = /^(auto|inherit|initial|unset|revert|none|normal|min-content|max-content|fit-content|thin|medium|thick|(xx?-|)(small|large)|smaller|larger)$/i;
const COLORED = /(^|-)color$/;
const QUIRKY = /^((min-|max-)?(width|height)|left|top|right|bottom|(margin|padding)-\w+|border-\w+-width|font-size|letter-spacing|word-spacing|text-indent)$/;
const ORDER = /^[+-]?\d+$|^(auto|inherit|initial|unset)$|\(/;

/** @param {any} name as a script says it */
export function propertyName(name) {
  const text = String(name);
  return text.startsWith('--') ? text : text.toLowerCase();
}

/** As a browser would write a value back; undefined for what it would refuse. @param {string} name @param {string} value @returns {string|undefined} */
export function styleValue(name, value) {
  if (LENGTH_NAMES.has(name)) return lengthValue(name, value);
  if (name.startsWith('--')) return value;
  if (/^(undefined|null|NaN)$/.test(value)) return undefined;
  if (COLORED.test(name)) return writtenColor(value);
  if (name === 'z-index') return ORDER.test(value) ? value : undefined;
  if (name === 'opacity') return opacityValue(value);
  if (name === 'transform') return value.replace(/[+-]?\d*\.?\d+(e[+-]?\d+)?/gi, sixDigits);
  return value;
}

/** @param {string} name @param {string} value */
function lengthValue(name, value) {
  const [, number, unit] = LENGTH.exec(value) ?? [];
  if (number === undefined) return LENGTH_WORD.test(value) || /\(.*\)/.test(value) ? value : undefined;
  if (unit !== undefined) return sixDigits(number) + unit.toLowerCase();
  if (name === 'line-height') return sixDigits(number);
  return Number(number) === 0 || isQuirky(name) ? `${sixDigits(number)}px` : undefined;
}

/** A page without a doctype is read as old browsers read it: there some lengths need no unit. @param {string} name */
function isQuirky(name) {
  return QUIRKY.test(name) && here.document?.compatMode === 'BackCompat';
}

/** @param {string} value */
function opacityValue(value) {
  const [, number, unit] = LENGTH.exec(value) ?? [];
  if (number === undefined) return LENGTH_WORD.test(value) || value.includes('(') ? value : undefined;
  return sixDigits(unit === '%' ? Number(number) / 100 : number);
}

/** @param {string|number} number */
function sixDigits(number) {
  const value = Number(number);
  return String(Number.isInteger(value) && Math.abs(value) < 1e6 ? value : Number(value.toPrecision(6)));
}

/** The declarations of a text, in order. @param {string} text @returns {{name: string, value: string, isImportant: boolean}[]} */
export function parseDeclarations(text) {
  const declarations = [];
  for (const part of declarationsIn(text)) {
    const colon = part.indexOf(':');
    if (colon < 0) continue;
    const name = propertyName(part.slice(0, colon).trim());
    const value = part.slice(colon + 1).trim();
    const bare = value.replace(/\s*!\s*important$/i, '');
    if (name && bare) declarations.push({ name, value: bare, isImportant: bare !== value });
  }
  return declarations;
}

/** Split at semicolons that are in neither parentheses nor quotes. @param {string} text @returns {string[]} */
function declarationsIn(text) {
  if (!/['"(/]/.test(text)) return text.split(';');
  return text.replace(/\/\*.*?\*\//gs, '').match(/(?:[^;"'(]|"[^"]*"|'[^']*'|\([^)]*\)|\()+/g) ?? [];
}
