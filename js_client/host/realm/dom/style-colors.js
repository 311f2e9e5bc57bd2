/**
 * Colours in styles, as a browser writes them back: names as they are, all others as `rgb(…)`. Pure.
 */

import { canvasColor } from '../canvas/colors.js';

const WORD = /^(inherit|initial|unset|revert|currentcolor|transparent|auto|none)$/i;

/** What a style says again of a colour that was set; undefined for what is none. @param {string} text @returns {string|undefined} */
export function writtenColor(text) {
  if (WORD.test(text)) return text.toLowerCase();
  if (text.includes('(') && !/^(rgb|hsl)a?\(/i.test(text)) return text;
  const color = canvasColor(text);
  if (color === null) return undefined;
  return /^[a-z]+$/i.test(text) ? text.toLowerCase() : rgb(color);
}

/** A colour as a computed style says it. @param {string} text @returns {string} */
export function computedColor(text) {
  if (/^currentcolor$/i.test(text)) return text;
  const color = canvasColor(text);
  return color === null ? text : rgb(color);
}

/** @param {string} color as a canvas writes it */
function rgb(color) {
  if (!color.startsWith('#')) return color;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return `rgb(${red}, ${green}, ${blue})`;
}
