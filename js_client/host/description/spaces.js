/**
 * The spaces of a description: held against what js_client/src knows of spaces, with their defaults filled in.
 */

import { DTYPES, RANGE, sizeOf } from '../../src/arrays.js';
import { isObject, shown } from '../../src/problems.js';
import { arrayShape, box, discrete, multiBinary, multiDiscrete, text } from '../../src/spaces.js';
import { didYouMean } from './nearest.js';

/** @typedef {import('./values.js').Note} Note */
/** @typedef {import('../../src/spaces.js').Space} Space */

/** What each kind of space may say; the first `needed` of them it must. @type {Record<string, {fields: string[], needed: number}>} */
export const SPACE_FIELDS = {
  Box: { fields: ['low', 'high', 'shape', 'dtype'], needed: 0 },
  Discrete: { fields: ['n', 'start', 'dtype'], needed: 1 },
  MultiDiscrete: { fields: ['nvec', 'start', 'dtype'], needed: 1 },
  MultiBinary: { fields: ['n'], needed: 1 },
  Text: { fields: ['max_length', 'min_length', 'charset'], needed: 1 },
  Dict: { fields: ['spaces'], needed: 1 },
  Tuple: { fields: ['spaces'], needed: 1 },
  Sequence: { fields: ['space', 'stack'], needed: 1 },
  Graph: { fields: ['node_space', 'edge_space'], needed: 1 },
  OneOf: { fields: ['spaces'], needed: 1 },
};

/**
 * A space with its defaults; undefined where it has problems.
 * @param {any} value @param {string} path @param {Note} note
 * @returns {Space|undefined}
 */
export function checkedSpace(value, path, note) {
  if (!isObject(value)) return wrong(note, path, 'a space, such as { type = "Discrete", n = 3 }', value);
  const { type, ...parts } = value;
  const kinds = Object.keys(SPACE_FIELDS);
  if (type === undefined) return void note(`${path}.type`, `is missing: one of ${kinds.join(', ')}`);
  if (!kinds.includes(type)) return void note(`${path}.type`, `there is no space ${shown(type)}; ${didYouMean(String(type), kinds)}`);
  const { fields, needed } = SPACE_FIELDS[type];
  const strange = Object.keys(parts).filter((name) => !fields.includes(name));
  for (const name of strange) note(`${path}.${name}`, `a ${type} has no such field; ${didYouMean(name, fields)}`);
  const missing = fields.slice(0, needed).filter((name) => parts[name] === undefined);
  for (const name of missing) note(`${path}.${name}`, `is missing: a ${type} needs it`);
  if (strange.length + missing.length > 0) return undefined;
  if (parts.dtype !== undefined && !DTYPES.includes(parts.dtype)) {
    return void note(`${path}.dtype`, `there is no dtype ${shown(parts.dtype)}; ${didYouMean(String(parts.dtype), DTYPES)}`);
  }
  return MAKERS[type](parts, path, note);
}

/** @type {Record<string, (parts: any, path: string, note: Note) => Space|undefined>} */
const MAKERS = {
  Box: checkedBox,
  Discrete: ({ n, ...more }, path, note) => (
    more.start === undefined || Number.isSafeInteger(more.start) ? made(() => discrete(n, more), path, note) : wrong(note, `${path}.start`, 'a whole number', more.start)
  ),
  MultiDiscrete({ nvec, ...more }, path, note) {
    if (!Array.isArray(nvec) || nvec.length === 0) return wrong(note, `${path}.nvec`, 'a list of whole numbers', nvec);
    const counts = nvec.flat(Infinity).length;
    const starts = more.start === undefined ? counts : Array.isArray(more.start) && more.start.flat(Infinity).length;
    if (starts !== counts) return wrong(note, `${path}.start`, `as many numbers as nvec has, ${counts}`, more.start);
    return made(() => multiDiscrete(nvec, more), path, note);
  },
  MultiBinary({ n }, path, note) {
    const axes = [n].flat();
    return axes.length > 0 && axes.every(isAxis) ? multiBinary(n) : wrong(note, `${path}.n`, 'a whole number from 1 on, or a list of them', n);
  },
  Text({ max_length: maxLength, min_length: minLength, charset }, path, note) {
    if (minLength !== undefined && !(Number.isSafeInteger(minLength) && minLength >= 0 && minLength <= maxLength)) {
      return wrong(note, `${path}.min_length`, 'a whole number up to max_length', minLength);
    }
    if (charset !== undefined && (typeof charset !== 'string' || charset === '')) return wrong(note, `${path}.charset`, 'a text with all characters', charset);
    return made(() => text({ maxLength, minLength, charset }), path, note);
  },
  Dict({ spaces }, path, note) {
    if (!isObject(spaces)) return wrong(note, `${path}.spaces`, 'a table of spaces', spaces);
    const parts = Object.entries(spaces).map(([name, space]) => [name, checkedSpace(space, `${path}.spaces.${name}`, note)]);
    return parts.every(([, space]) => space) ? { type: 'Dict', spaces: Object.fromEntries(parts) } : undefined;
  },
  Tuple: (parts, path, note) => several('Tuple', parts, path, note),
  OneOf: (parts, path, note) => several('OneOf', parts, path, note),
  Sequence({ space, stack = false }, path, note) {
    const part = checkedSpace(space, `${path}.space`, note);
    if (typeof stack !== 'boolean') return wrong(note, `${path}.stack`, 'true or false', stack);
    return part && { type: 'Sequence', space: part, stack };
  },
  Graph({ node_space: nodes, edge_space: edges = null }, path, note) {
    const parts = [part(nodes, `${path}.node_space`, note), edges === null ? null : part(edges, `${path}.edge_space`, note)];
    return parts.includes(undefined) ? undefined : { type: 'Graph', node_space: /** @type {Space} */ (parts[0]), edge_space: parts[1] };
  },
};

/** @param {'Tuple'|'OneOf'} type @param {any} parts @param {string} path @param {Note} note @returns {Space|undefined} */
function several(type, { spaces }, path, note) {
  if (!Array.isArray(spaces) || spaces.length === 0) return wrong(note, `${path}.spaces`, 'a list of spaces', spaces);
  const known = spaces.map((space, i) => checkedSpace(space, `${path}.spaces[${i}]`, note));
  return known.every((space) => space) ? /** @type {any} */ ({ type, spaces: known }) : undefined;
}

/** @param {any} space @param {string} path @param {Note} note */
function part(space, path, note) {
  const known = checkedSpace(space, path, note);
  if (known === undefined || known.type === 'Box' || known.type === 'Discrete') return known;
  return wrong(note, path, 'a Box or a Discrete', space);
}

/** @param {any} parts @param {string} path @param {Note} note @returns {Space|undefined} */
function checkedBox({ low, high, shape, dtype = 'float32' }, path, note) {
  if (shape !== undefined && !(Array.isArray(shape) && shape.every(isAxis))) return wrong(note, `${path}.shape`, 'a list of whole numbers', shape);
  const bounds = [['low', low], ['high', high]].map(([name, bound]) => {
    const numbers = [bound].flat(Infinity);
    if (numbers.every((number) => number === undefined || number === null || (typeof number === 'number' && !Number.isNaN(number)))) return true;
    return wrong(note, `${path}.${name}`, 'a number, or nested lists of numbers', bound);
  });
  if (bounds.includes(undefined)) return undefined;
  const space = made(() => box({ low: bounded(low, dtype, 0), high: bounded(high, dtype, 1), ...(shape && { shape }), dtype }), path, note);
  const numbers = (/** @type {any} */ bound, /** @type {number} */ none) => [bound ?? none].flat(Infinity);
  if (!space || space.type !== 'Box') return undefined;
  const [lows, highs] = [numbers(space.low, -Infinity), numbers(space.high, Infinity)];
  const count = Math.min(sizeOf(arrayShape(space)), Math.max(lows.length, highs.length));
  const crossed = Array.from({ length: count }, (_, i) => i).find((i) => (lows[i] ?? lows[0]) > (highs[i] ?? highs[0]));
  if (crossed === undefined) return space;
  return void note(`${path}.low`, `is larger than high: ${lows[crossed] ?? lows[0]} and ${highs[crossed] ?? highs[0]}`);
}

/** No bound is null, as JSON has no infinity; in a list it is a number. @param {any} bound @param {import('../../src/arrays.js').Dtype} dtype @param {0|1} side @returns {any} */
function bounded(bound, dtype, side) {
  const none = RANGE[dtype]?.[side] ?? [-Infinity, Infinity][side];
  if (Array.isArray(bound)) return bound.map((part) => (Array.isArray(part) ? bounded(part, dtype, side) : part ?? none));
  return bound === undefined || Math.abs(bound) === Infinity ? null : bound;
}

/** @param {any} axis */
function isAxis(axis) {
  return Number.isSafeInteger(axis) && axis >= 1;
}

/** @param {() => Space} make @param {string} path @param {Note} note @returns {Space|undefined} */
function made(make, path, note) {
  try {
    return make();
  } catch (error) {
    return void note(path, /** @type {Error} */ (error).message);
  }
}

/** @param {Note} note @param {string} path @param {string} expected @param {any} value @returns {undefined} */
function wrong(note, path, expected, value) {
  note(path, `expected ${expected}, got ${shown(value)}`);
  return undefined;
}
