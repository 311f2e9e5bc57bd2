/**
 * The ten kinds of spaces of Gymnasium, as plain objects: what `hello` carries, and what a game declares.
 *
 * A constructor only fills in defaults and refuses what makes no sense; the objects may as well be written by hand.
 * What lies in a space is in checks.js, how values of many instances go together in batches.js.
 */

import { DTYPES, flattenInto, isList, RANGE, sizeOf } from './arrays.js';

/** @typedef {import('./arrays.js').Dtype} Dtype */
/** @typedef {number|bigint|null|undefined|ArrayLike<any>} Bound */
/** @typedef {{type: 'Box', low?: Bound, high?: Bound, shape: number[], dtype?: Dtype}} BoxSpace */
/** @typedef {{type: 'Discrete', n: number, start?: number, dtype?: Dtype}} DiscreteSpace */
/** @typedef {{type: 'MultiDiscrete', nvec: any[], start?: any[], dtype?: Dtype}} MultiDiscreteSpace */
/** @typedef {{type: 'MultiBinary', n: number|number[]}} MultiBinarySpace */
/** @typedef {{type: 'Text', min_length?: number, max_length: number, charset?: string}} TextSpace */
/** @typedef {{type: 'Dict', spaces: Record<string, Space>}} DictSpace */
/** @typedef {{type: 'Tuple', spaces: Space[]}} TupleSpace */
/** @typedef {{type: 'Sequence', space: Space, stack?: boolean}} SequenceSpace */
/** @typedef {{type: 'Graph', node_space: Space, edge_space?: Space|null}} GraphSpace */
/** @typedef {{type: 'OneOf', spaces: Space[]}} OneOfSpace */
/** The kinds whose values are arrays. @typedef {BoxSpace|MultiDiscreteSpace|MultiBinarySpace} ArraySpace */
/** @typedef {BoxSpace|DiscreteSpace|MultiDiscreteSpace|MultiBinarySpace|TextSpace|DictSpace|TupleSpace|SequenceSpace|GraphSpace|OneOfSpace} Space */

/** The characters of a Text that names none: Gymnasium's letters and digits. */
export const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/**
 * Numbers of one shape, each between its bounds, which belong to the space.
 * @param {object} options
 * @param {Bound} [options.low] one number for all elements, or a list of the shape; unbounded when left out
 * @param {Bound} [options.high]
 * @param {number[]} [options.shape] that of `low` or `high` when one of them is a list; `[]` is a single number
 * @param {Dtype} [options.dtype]
 * @returns {BoxSpace}
 */
export function box({ low = null, high = null, shape = shapeOf(low) ?? shapeOf(high), dtype = 'float32' }) {
  if (!Array.isArray(shape)) throw new TypeError('box needs a shape: [] for one number, [2] for two, …');
  known(dtype);
  for (const bound of [low, high]) fits(bound, shape);
  return { type: 'Box', low, high, shape: [...shape], dtype };
}

/**
 * One of the `n` whole numbers `start`, `start + 1`, …
 * @param {number} n
 * @param {{start?: number, dtype?: Dtype}} [options]
 * @returns {DiscreteSpace}
 */
export function discrete(n, { start = 0, dtype = 'int64' } = {}) {
  return { type: 'Discrete', n: positive(n, 'n'), start, dtype: known(dtype) };
}

/**
 * Several Discrete numbers at once: element i is one of `nvec[i]` values. Lists may be nested.
 * @param {any[]} nvec
 * @param {{start?: any[], dtype?: Dtype}} [options]
 * @returns {MultiDiscreteSpace}
 */
export function multiDiscrete(nvec, { start, dtype = 'int64' } = {}) {
  flat(nvec).forEach((n) => positive(n, 'nvec'));
  return { type: 'MultiDiscrete', nvec, ...(start && { start }), dtype: known(dtype) };
}

/**
 * Zeros and ones: `n` of them, or of the shape `n`.
 * @param {number|number[]} n
 * @returns {MultiBinarySpace}
 */
export function multiBinary(n) {
  return { type: 'MultiBinary', n };
}

/**
 * A string; its length is counted in code points, as Python does.
 * @param {{maxLength: number, minLength?: number, charset?: string}} options
 * @returns {TextSpace}
 */
export function text({ maxLength, minLength = 1, charset = LETTERS_AND_DIGITS }) {
  positive(maxLength, 'maxLength');
  return { type: 'Text', min_length: minLength, max_length: maxLength, charset };
}

/**
 * Named values, in the order in which they are written here.
 * @param {Record<string, Space>} spaces
 * @returns {DictSpace}
 */
export function dict(spaces) {
  return { type: 'Dict', spaces };
}

/**
 * A fixed number of values.
 * @param {Space[]} spaces
 * @returns {TupleSpace}
 */
export function tuple(spaces) {
  return { type: 'Tuple', spaces };
}

/**
 * A list of any length; with `stack` the trainer gets one batch instead of a tuple.
 * @param {Space} space
 * @param {{stack?: boolean}} [options]
 * @returns {SequenceSpace}
 */
export function sequence(space, { stack = false } = {}) {
  return { type: 'Sequence', space, stack };
}

/**
 * Nodes and the edges between them: values `{nodes, edges, edge_links}`, as in Gymnasium.
 * @param {{nodeSpace: Space, edgeSpace?: Space|null}} options each a Box or a Discrete
 * @returns {GraphSpace}
 */
export function graph({ nodeSpace, edgeSpace = null }) {
  return { type: 'Graph', node_space: nodeSpace, edge_space: edgeSpace };
}

/**
 * A value of one of several spaces: `[index of the space, value]`.
 * @param {Space[]} spaces
 * @returns {OneOfSpace}
 */
export function oneOf(spaces) {
  return { type: 'OneOf', spaces };
}

/**
 * The shape of the array that a value of this space is.
 * @param {ArraySpace} space
 * @returns {number[]}
 */
export function arrayShape(space) {
  switch (space.type) {
    case 'Box': return space.shape;
    case 'MultiBinary': return typeof space.n === 'number' ? [space.n] : space.n;
    case 'MultiDiscrete': return shapeOf(space.nvec) ?? [];
  }
}

/**
 * The dtype of the array that a value of this space is.
 * @param {ArraySpace} space
 * @returns {Dtype}
 */
export function dtypeOfSpace(space) {
  switch (space.type) {
    case 'Box': return space.dtype ?? 'float32';
    case 'MultiBinary': return 'int8';
    case 'MultiDiscrete': return space.dtype ?? 'int64';
  }
}

/**
 * The smallest and the largest allowed value of an array space: numbers that hold for every element, or flat lists.
 * @param {ArraySpace} space
 * @returns {{low: any, high: any}}
 */
export function bounds(space) {
  switch (space.type) {
    case 'Box': return boxBounds(space);
    case 'MultiBinary': return { low: 0, high: 1 };
    case 'MultiDiscrete': {
      const counts = flat(space.nvec);
      const low = space.start ? flat(space.start) : counts.map(() => 0);
      return { low, high: counts.map((n, i) => low[i] + n - 1) };
    }
  }
}

/** @param {BoxSpace} space */
function boxBounds({ low, high, dtype = 'float32' }) {
  const [least, most] = RANGE[dtype] ?? [-Infinity, Infinity];
  return { low: isList(low) ? flat(low) : low ?? least, high: isList(high) ? flat(high) : high ?? most };
}

/** The shape of nested lists, judged by their first entries. @param {unknown} value @returns {number[]|undefined} */
function shapeOf(value) {
  if (!isList(value)) return undefined;
  return [value.length, ...(shapeOf(value[0]) ?? [])];
}

/** @param {ArrayLike<any>} list @returns {any[]} */
function flat(list) {
  /** @type {any[]} */
  const elements = [];
  flattenInto(list, elements, 0);
  return elements;
}

/** @param {Bound} bound @param {number[]} shape */
function fits(bound, shape) {
  if (isList(bound) && flat(bound).length !== sizeOf(shape)) {
    throw new RangeError(`box: a bound has ${flat(bound).length} numbers, the shape [${shape}] has ${sizeOf(shape)}`);
  }
}

/** @param {number} n @param {string} name */
function positive(n, name) {
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`${name} must be a whole number from 1 on, got ${n}`);
  return n;
}

/** @param {Dtype} dtype */
function known(dtype) {
  if (!DTYPES.includes(dtype)) throw new RangeError(`no such dtype: ${dtype}; there are ${DTYPES.join(', ')}`);
  return dtype;
}
