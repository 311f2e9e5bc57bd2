/**
 * Lengths of CSS in pixels, as far as the screen and the styles alone decide them.
 */

import { here } from '../web/here.js';
import { computed, isBordered } from './computed.js';

/** @typedef {'width'|'height'} Axis */

const STANDARD_FONT = 16;
/** Of a border that has a style and no width. */
const MEDIUM = 3;
const SIDES = { width: ['left', 'right'], height: ['top', 'bottom'] };

/** A property of an element as a length. @param {any} element @param {string} name @param {() => number} whole what a percentage is of @returns {number|undefined} */
export function lengthOf(element, name, whole) {
  return pixels(computed(element, name), whole, element);
}

/** @param {string} text @param {() => number} whole what a percentage is of @param {any} element whose font counts @returns {number|undefined} nothing for `auto` and the like */
export function pixels(text, whole, element) {
  if (text === '' || text === 'auto' || text === 'none') return undefined;
  if (text === '0px') return 0;
  const [, digits, unit] = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))(px|%|vw|vh|dvh|dvw|vmin|vmax|rem|em)?\s*$/.exec(text) ?? [];
  if (digits === undefined) return calculated(text, whole, element);
  return Number(digits) * unitSize(unit, whole, element);
}

/** @param {string|undefined} unit @param {() => number} whole @param {any} element */
function unitSize(unit, whole, element) {
  const { width, height } = here.kernel.screen;
  switch (unit) {
    case '%': return whole() / 100;
    case 'vw': case 'dvw': return width / 100;
    case 'vh': case 'dvh': return height / 100;
    case 'vmin': return Math.min(width, height) / 100;
    case 'vmax': return Math.max(width, height) / 100;
    case 'rem': return fontSize(here.document.documentElement);
    case 'em': return fontSize(element);
    default: return 1;
  }
}

/** @param {any} element @returns {number} */
export function fontSize(element) {
  const text = element ? computed(element, 'font-size') : '';
  if (text.endsWith('px')) return parseFloat(text);
  // Relative to the font around, from which it is not inherited as such.
  const parent = element?.parentElement;
  return pixels(text, () => fontSize(parent), parent) ?? STANDARD_FONT;
}

/** `calc(…)` with plus and minus, min and max. @param {string} text @param {() => number} whole @param {any} element @returns {number|undefined} */
function calculated(text, whole, element) {
  const [, name, inner] = /^\s*(calc|min|max)\((.*)\)\s*$/s.exec(text) ?? [];
  if (name === undefined || inner.includes('(')) return undefined;
  if (name !== 'calc') {
    const parts = inner.split(',').map((part) => pixels(part, whole, element));
    return parts.includes(undefined) ? undefined : Math[/** @type {'min'|'max'} */ (name)](.../** @type {number[]} */ (parts));
  }
  if (!/^\s*\S+(\s+[+-]\s+\S+)*\s*$/.test(inner)) return undefined;
  let sum = 0;
  for (const [, sign, part] of ` + ${inner}`.matchAll(/\s([+-])\s+(\S+)/g)) {
    const value = pixels(part, whole, element);
    if (value === undefined) return undefined;
    sum += sign === '-' ? -value : value;
  }
  return sum;
}

/** A margin, border or padding at one side. @param {any} element @param {'margin'|'border'|'padding'} kind @param {string} side @returns {number} */
export function edge(element, kind, side) {
  if (kind === 'border') return borderAt(element, side);
  return lengthOf(element, `${kind}-${side}`, screenWidth) ?? 0;
}

/** Both of an axis. @param {any} element @param {'margin'|'border'|'padding'} kind @param {Axis} axis @returns {number} */
export function edges(element, kind, axis) {
  const [start, end] = SIDES[axis];
  return edge(element, kind, start) + edge(element, kind, end);
}

/** @param {any} element @param {string} side */
function borderAt(element, side) {
  if (!isBordered(element)) return 0;
  const shorthand = computed(element, `border-${side}`) || computed(element, 'border');
  const style = computed(element, `border-${side}-style`) || computed(element, 'border-style');
  if (!/solid|dashed|dotted|double|groove|ridge|inset|outset/.test(`${shorthand} ${style}`)) return 0;
  const own = lengthOf(element, `border-${side}-width`, screenWidth);
  const said = /(?:^|\s)([\d.]+[a-z]*)(?=\s|$)/.exec(shorthand)?.[1] ?? computed(element, 'border-width');
  return own || (pixels(said, screenWidth, element) ?? MEDIUM);
}

function screenWidth() {
  return here.kernel.screen.width;
}
