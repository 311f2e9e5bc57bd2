/**
 * Values as text and back. Pure.
 *
 * Knows the text form of docs/game-protocol.md, which numbered requests use, and what old gymie servers send for JSON: Python's
 * words among it, since some replies are what `str()` made of them.
 */

import { nested, isTyped, NumericArray } from '../src/arrays.js';
import { BadMessage, read } from '../src/messages.js';

/** Strings, which are left alone, and Python's words for what JSON says otherwise or not at all. */
const WORDS = /"(?:[^"\\]|\\.)*"|-?\b(?:Infinity|inf)\b|\b(?:NaN|nan|True|False|None)\b/g;

/** @type {Record<string, string>} */
const MEANINGS = {
  Infinity: '"Infinity"', inf: '"Infinity"', '-Infinity': '"-Infinity"', '-inf': '"-Infinity"', NaN: '"NaN"', nan: '"NaN"',
  True: 'true', False: 'false', None: 'null',
};

/** Numbers that a string stands for. */
const NUMBERS = new Map([['Infinity', Infinity], ['-Infinity', -Infinity], ['NaN', NaN]]);

/**
 * A value as JSON text. Arrays of any kind are lists, a `Uint8Array` too.
 * @param {any} value
 * @returns {string}
 * @throws {TypeError} it holds itself
 */
export function written(value) {
  return JSON.stringify(value, (_, entry) => plain(entry));
}

/** @param {any} entry */
function plain(entry) {
  if (typeof entry === 'number') return Number.isFinite(entry) ? entry : { $number: String(entry) };
  if (typeof entry === 'bigint') return Number.isSafeInteger(Number(entry)) ? Number(entry) : { $number: String(entry) };
  if (entry instanceof NumericArray) return nested(entry, (element) => element);
  return isTyped(entry) ? Array.from(/** @type {any} */ (entry)) : entry;
}

/**
 * What a text in the form of docs/game-protocol.md holds.
 * @param {string} text
 * @returns {any} undefined where it holds nothing that can be read
 */
export function opened(text) {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof BadMessage) return undefined;
    throw error;
  }
}

/**
 * What a reply of a classic server holds: JSON, or nearly. NaN and the infinities may be bare, as Python writes them, or
 * strings; as a number they come out either way.
 * @param {string} text
 * @returns {any}
 * @throws {SyntaxError} it cannot be read, as little as `array([0., 0.])` can
 */
export function loose(text) {
  try {
    return JSON.parse(text, numeric);
  } catch {
    return JSON.parse(text.replace(WORDS, (word) => MEANINGS[word] ?? word), numeric);
  }
}

/** @param {string} _ @param {any} value */
function numeric(_, value) {
  return typeof value === 'string' ? NUMBERS.get(value) ?? value : value;
}
