/**
 * Holds what a description says against its fields, one by one, and fills in what it leaves out.
 *
 * Knows nothing of what fields mean together (rules.js). Every problem is noted, and the walk goes on.
 */

import { isObject, shown } from '../../src/problems.js';
import { expressionMistake, functionText, scriptMistake, statementsMistake } from './javascript.js';
import { keyMistake, keyNamed } from './keys.js';
import { didYouMean } from './nearest.js';
import { checkedSpace } from './spaces.js';

/** @typedef {import('./fields.js').Field} Field */
/** One thing that is wrong: where, and what in one line. @typedef {{path: string, message: string}} Problem */
/** Takes a problem down. @typedef {(path: string, message: string) => void} Note */
/** @typedef {(value: any, path: string, note: Note, field: Field) => any} Reader gives what stands in the normalised description */

/**
 * A value as its field wants it, with all defaults.
 * @param {Field} field @param {any} value @param {string} path @param {Note} note
 * @returns {any} undefined where it is of no use
 */
export function checked(field, value, path, note) {
  return READERS[field.kind](value, path, note, field);
}

/** @type {Record<import('./fields.js').Kind, Reader>} */
const READERS = {
  any: plain,
  string: (value, path, note, { least = 1 }) => (typeof value === 'string' && value.length >= least ? value : wrong(note, path, 'a text', value)),
  boolean: (value, path, note) => (typeof value === 'boolean' ? value : wrong(note, path, 'true or false', value)),
  number: (value, path, note, field) => (fits(value, field) ? value : wrong(note, path, `a number${range(field)}`, value)),
  integer: (value, path, note, field) => (
    Number.isSafeInteger(value) && fits(value, field) ? value : wrong(note, path, `a whole number${range(field)}`, value)
  ),
  choice,
  time,
  key(value, path, note) {
    const mistake = keyMistake(value);
    return mistake ? void note(path, mistake) : keyNamed(value);
  },
  space: (value, path, note) => checkedSpace(value, path, note),
  expression: (value, path, note) => code(value, path, note, expressionMistake, 'an expression of JavaScript'),
  statements: (value, path, note) => code(value, path, note, statementsMistake, 'statements of JavaScript'),
  script(value, path, note) {
    const known = code(value, path, note, scriptMistake, 'a script of JavaScript');
    return typeof known === 'object' ? `(${known.function})();` : known;
  },
  coordinate,
  point,
  points,
  inputs: (value, path, note, field) => list(value, path, note, field, (entry, at) => (
    Array.isArray(entry) ? entry.map((one, i) => table(one, `${at}[${i}]`, note, field)) : table(entry, at, note, field)
  )),
  list: (value, path, note, field) => list(value, path, note, field, (entry, at) => checked(/** @type {Field} */ (field.of), entry, at, note)),
  map(value, path, note, { of }) {
    if (!isObject(value)) return wrong(note, path, 'a table', value);
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, checked(/** @type {Field} */ (of), entry, inTable(path, name), note)]));
  },
  table,
};

/** @type {Reader} */
function table(value, path, note, { fields = [] }) {
  if (!isObject(value)) return wrong(note, path, 'a table', value);
  const known = fields.map(({ name }) => name);
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) note(inTable(path, name), `there is no such field; ${didYouMean(name, known)}`);
  }
  /** @type {Record<string, any>} */
  const result = {};
  for (const field of fields) {
    const entry = filled(field, value[field.name], inTable(path, field.name), note);
    if (entry !== undefined) result[field.name] = entry;
  }
  return result;
}

/** @param {Field} field @param {any} value @param {string} path @param {Note} note */
function filled(field, value, path, note) {
  if (value !== undefined) return checked(field, value, path, note);
  if (field.needed) return void note(path, `is missing: ${lowered(field.words)}`);
  if (field.kind === 'table' && !field.optional) return checked(field, {}, path, note);
  return structuredClone(field.default);
}

/** @param {any} value @param {string} path @param {Note} note @param {Field} field @param {(entry: any, path: string) => any} read */
function list(value, path, note, { least = 0 }, read) {
  if (!Array.isArray(value) || value.length < least) return wrong(note, path, least ? `a list of at least ${least}` : 'a list', value);
  return value.map((entry, i) => read(entry, `${path}[${i}]`));
}

/** @type {Reader} */
function choice(value, path, note, { values = [] }) {
  if (values.includes(value)) return value;
  const said = values.map((one) => JSON.stringify(one));
  const hint = typeof value === 'string' && typeof values[0] === 'string' ? didYouMean(value, values) : '';
  note(path, `expected ${either(said)}, got ${shown(value)}${hint.startsWith('did') ? `; ${hint}` : ''}`);
  return undefined;
}

/** @type {Reader} */
function time(value, path, note) {
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  const form = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i.exec(text);
  const moment = form ? new Date(text.length > 10 && !form[1] ? `${text}Z` : text) : undefined;
  if (!moment || Number.isNaN(moment.getTime())) return wrong(note, path, 'a time, such as 2024-01-01T00:00:00Z', value);
  return moment.toISOString().replace('.000Z', 'Z');
}

/**
 * @param {any} value @param {string} path @param {Note} note
 * @param {(text: string) => string|undefined} mistakeIn @param {string} expected
 */
function code(value, path, note, mistakeIn, expected) {
  const given = typeof value === 'function' ? functionText(value) : functionOf(value);
  if (given) return 'mistake' in given ? void note(path, given.mistake) : { function: given.text };
  if (typeof value !== 'string') return wrong(note, path, `${expected} in a text, or a function`, value);
  const mistake = mistakeIn(value);
  return mistake === undefined ? value : void note(path, mistake);
}

/** A function as a normalised description has it. @param {any} value @returns {{text: string}|{mistake: string}|undefined} */
function functionOf(value) {
  if (!isObject(value) || Object.keys(value).join() !== 'function') return undefined;
  const { function: text } = value;
  if (typeof text !== 'string') return { mistake: `expected the text of a function, got ${shown(text)}` };
  const mistake = expressionMistake(text);
  return mistake === undefined ? { text } : { mistake };
}

/** @type {Reader} */
function coordinate(value, path, note) {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'number') return wrong(note, path, 'a number or an expression', value);
  return code(value, path, note, expressionMistake, 'a number, or an expression');
}

/** @type {Reader} */
function point(value, path, note) {
  if (!Array.isArray(value) || value.length !== 2 || value.some(Array.isArray)) return wrong(note, path, 'a point [x, y]', value);
  return value.map((part, i) => coordinate(part, `${path}[${i}]`, note, /** @type {any} */ (undefined)));
}

/** @type {Reader} */
function points(value, path, note, field) {
  const several = Array.isArray(value) && value.length > 0 && value.every(Array.isArray);
  return several ? value.map((one, i) => point(one, `${path}[${i}]`, note, field)) : point(value, path, note, field);
}

/** @type {Reader} */
function plain(value, path, note) {
  try {
    const text = JSON.stringify(value);
    if (text !== undefined) return JSON.parse(text);
  } catch {
    // A bigint, or a circle: JSON has neither.
  }
  return wrong(note, path, 'something that JSON can say', value);
}

/** @param {any} value @param {Field} field */
function fits(value, { least = -Infinity, most = Infinity, over = -Infinity }) {
  return typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most && value > over;
}

/** @param {Field} field */
function range({ least, most, over }) {
  const low = over !== undefined ? ` above ${over}` : least !== undefined ? ` from ${least}` : '';
  const high = most === undefined ? '' : `${over !== undefined ? ' and up' : ''} to ${most}`;
  return low + (high || (least === undefined ? '' : ' on'));
}

/** @param {Note} note @param {string} path @param {string} expected @param {any} value @returns {undefined} */
function wrong(note, path, expected, value) {
  note(path, `expected ${expected}, got ${value instanceof Date ? String(value) : shown(value)}`);
  return undefined;
}

/** @param {string} path @param {string} name */
function inTable(path, name) {
  const said = /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
  return path ? `${path}.${said}` : said;
}

/** @param {string[]} words */
function either(words) {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** @param {string} words */
function lowered(words) {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
