/**
 * Checks of the array spaces: Box, MultiBinary and MultiDiscrete. The hottest code of the package, since it looks at
 * every number of every observation.
 *
 * A number is held to what the trainer's side will see, so it is rounded to the space's dtype before it is compared
 * with bounds that were rounded in the same way. NaN lies in no Box, as in Gymnasium.
 */

import { fromHalf, isList, isTyped, RANGE, sizeOf, storage, toHalf } from './arrays.js';
import { problem } from './problems.js';
import { arrayShape, bounds, dtypeOfSpace } from './spaces.js';

/** @typedef {import('./arrays.js').Dtype} Dtype */
/** @typedef {import('./problems.js').Problem} Problem */

/**
 * The rule for one element of an array.
 * @typedef {object} Rule
 * @property {(x: any, i: number) => boolean} fits whether x may stand at flat index i
 * @property {(i: number) => string} expected what may stand there, in words
 * @property {any} [low] the bounds, where one pair holds for all elements
 * @property {any} [high]
 */

/**
 * @param {import('./spaces.js').ArraySpace} space
 * @returns {(value: any) => Problem|undefined}
 */
export function arrayChecker(space) {
  const shape = arrayShape(space);
  const dtype = dtypeOfSpace(space);
  const rule = elementRule(dtype, bounds(space));
  const sameType = storage(dtype, 0).constructor;
  const size = sizeOf(shape);
  const checkTyped = isTyped(storage(dtype, 0)) && shape.length > 0 && typedChecker(dtype, rule);
  return (value) => {
    if (checkTyped && value?.constructor === sameType && value.length === size) return checkTyped(value); // nearly always
    if (shape.length === 0) return rule.fits(value, 0) ? undefined : problem('', rule.expected(0), value);
    if (!isList(value)) return problem('', listNamed(shape), value);
    if (shape.length > 1 && isList(value[0])) return nestedProblem(value, shape, rule);
    if (value.length !== size) return problem('', listNamed(shape), value);
    for (let i = 0; i < size; i += 1) if (!rule.fits(value[i], i)) return problem(`[${i}]`, rule.expected(i), value[i]);
    return undefined;
  };
}

/** True where no typed array of that dtype can leave the bounds, as the bytes of a picture cannot. @param {Dtype} dtype @param {Rule} rule */
function holdsAll(dtype, { low, high }) {
  const range = dtype === 'bool' ? undefined : RANGE[dtype];
  return range !== undefined && low <= range[0] && high >= range[1];
}

/** For typed arrays of the space's own type, where one pair of bounds holds. @param {Dtype} dtype @param {Rule} rule */
function typedChecker(dtype, rule) {
  if (rule.low === undefined) return undefined;
  return holdsAll(dtype, rule) ? () => undefined : boundsChecker(rule);
}

/** @param {Rule} rule */
function boundsChecker({ low, high, expected }) {
  /** @param {any} data @returns {Problem|undefined} */
  return (data) => {
    for (let i = 0; i < data.length; i += 1) {
      if (!(data[i] >= low && data[i] <= high)) return problem(`[${i}]`, expected(i), data[i]);
    }
    return undefined;
  };
}

/** @param {any} value @param {number[]} shape @param {Rule} rule @returns {Problem|undefined} */
function nestedProblem(value, shape, rule) {
  let index = 0;
  /** @param {any} part @param {number} axis @param {string} path @returns {Problem|undefined} */
  const level = (part, axis, path) => {
    if (axis === shape.length) {
      const at = index++;
      return rule.fits(part, at) ? undefined : problem(path, rule.expected(at), part);
    }
    if (!isList(part) || part.length !== shape[axis]) return problem(path, listNamed(shape.slice(axis)), part);
    for (let i = 0; i < part.length; i += 1) {
      const found = level(part[i], axis + 1, `${path}[${i}]`);
      if (found) return found;
    }
    return undefined;
  };
  return level(value, 0, '');
}

/** @param {Dtype} dtype @param {{low: any, high: any}} bounds @returns {Rule} */
function elementRule(dtype, { low, high }) {
  const round = rounding(dtype);
  const isNumber = kindOf(dtype);
  const [lows, highs] = [low, high].map((bound) => (isList(bound) ? Array.from(bound, round) : undefined));
  const [least, most] = [lows ? undefined : round(low), highs ? undefined : round(high)];
  /** @param {number} i */
  const from = (i) => (lows ? lows[i] : least);
  /** @param {number} i */
  const to = (i) => (highs ? highs[i] : most);
  return {
    fits: (x, i) => isNumber(x) && round(x) >= from(i) && round(x) <= to(i),
    expected: (i) => `${RANGE[dtype] ? 'a whole number' : 'a number'} in [${from(i)}, ${to(i)}]`,
    ...(!lows && !highs && { low: least, high: most }),
  };
}

/** @param {Dtype} dtype @returns {(x: any) => boolean} */
function kindOf(dtype) {
  if (dtype === 'bool') return (x) => typeof x === 'boolean' || Number.isInteger(x);
  if (RANGE[dtype]) return (x) => Number.isInteger(x) || typeof x === 'bigint';
  return (x) => typeof x === 'number';
}

/** @param {Dtype} dtype @returns {(x: any) => any} */
function rounding(dtype) {
  switch (dtype) {
    case 'float32': return Math.fround;
    case 'float16': return (x) => fromHalf(toHalf(x));
    default: return (x) => x;
  }
}

/** @param {number[]} shape */
function listNamed(shape) {
  if (shape.length === 0) return 'a number';
  if (shape.length === 1) return `a list of ${shape[0]} numbers`;
  return `lists of shape [${shape.join(', ')}], or a flat list of ${sizeOf(shape)} numbers`;
}
