/**
 * The gymie client's forms of spaces: `{name: 'Box', shape, low, high}` and the like. Pure.
 *
 * The four kinds that it had come in its form, however the server wrote them; any other kind is as docs/game-protocol.md
 * has it, with its kind as `name` too.
 */

import { arrayShape, bounds } from '../src/spaces.js';
import { nested, NumericArray, sizeOf } from '../src/arrays.js';

/** @typedef {{name: string}} Space */
/** @typedef {{name: 'Discrete', n: number, start?: number}} Discrete `start` is there where it is not 0 */
/** @typedef {{name: 'Box', shape: number[], low: any[], high: any[]}} Continuous bounds are nested lists of the shape; may be infinite */
/** @typedef {{name: 'MultiBinary', n: number|number[], shape: number[]}} MultiBinary */
/** @typedef {{name: 'MultiDiscrete', nvec: any[], shape: number[]}} MultiDiscrete */

/**
 * The old form of a space.
 * @param {any} space in the form of docs/game-protocol.md, or of a classic server
 * @returns {any}
 */
export function oldForm(space) {
  if (space.type === undefined) return renamed(space);
  switch (space.type) {
    case 'Discrete': return { name: 'Discrete', n: space.n, ...(space.start && { start: space.start }) };
    case 'Box': return box(space);
    case 'MultiBinary': return { name: 'MultiBinary', n: arrayShape(space).length === 1 ? sizeOf(arrayShape(space)) : space.n, shape: arrayShape(space) };
    case 'MultiDiscrete': return { name: 'MultiDiscrete', nvec: space.nvec, shape: arrayShape(space), ...(space.start && { start: space.start }) };
    default: return { name: space.type, ...space };
  }
}

/** The README of the old server spells one name in its own way. @param {any} space */
function renamed(space) {
  return space.name === 'Discreate' ? { ...space, name: 'Discrete' } : space;
}

/** @param {import('../src/spaces.js').BoxSpace} space @returns {Continuous} */
function box(space) {
  const { low, high } = bounds({ ...space, dtype: 'float64' });
  return { name: 'Box', shape: space.shape, low: spread(low, space.shape), high: spread(high, space.shape) };
}

/** @param {any} bound a number for all, or a flat list @param {number[]} shape */
function spread(bound, shape) {
  const data = typeof bound === 'number' ? new Array(sizeOf(shape)).fill(bound) : bound;
  return nested(new NumericArray('float64', shape, data), (element) => element);
}
