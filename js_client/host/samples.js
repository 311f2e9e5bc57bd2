/**
 * Random members of action spaces, for playing a game without an agent.
 */

import { sizeOf } from '../src/arrays.js';

/** Bounds of a Box that has none, as far as a game will care. */
const FAR = 1;

/**
 * @param {any} space
 * @param {import('../src/random.js').Random} draws
 * @returns {() => any} a member, in the form in which games get actions
 */
export function sampler(space, draws) {
  switch (space.type) {
    case 'Discrete': return () => (space.start ?? 0) + draws.integer(space.n);
    case 'MultiBinary': return () => Array.from({ length: sizeOf([space.n].flat()) }, () => draws.integer(2));
    case 'MultiDiscrete': {
      const [sizes, starts] = [space.nvec.flat(Infinity), [space.start ?? 0].flat(Infinity)];
      return () => sizes.map((/** @type {number} */ n, /** @type {number} */ i) => (starts[i] ?? starts[0]) + draws.integer(n));
    }
    case 'Box': return boxSampler(space, draws);
    case 'Tuple': {
      const parts = space.spaces.map((/** @type {any} */ part) => sampler(part, draws));
      return () => parts.map((/** @type {() => any} */ part) => part());
    }
    case 'Dict': {
      const parts = Object.entries(space.spaces).map(([key, part]) => /** @type {[string, () => any]} */ ([key, sampler(part, draws)]));
      return () => Object.fromEntries(parts.map(([key, part]) => [key, part()]));
    }
    default: throw new TypeError(`no random actions for a ${space.type} yet`);
  }
}

/** @param {any} space @param {import('../src/random.js').Random} draws */
function boxSampler({ low, high, shape, dtype = 'float32' }, draws) {
  const isWhole = !dtype.startsWith('float');
  /** @param {any} bound @param {number} i @param {number} otherwise */
  const at = (bound, i, otherwise) => {
    const value = Array.isArray(bound) ? bound.flat(Infinity)[i] : bound;
    return Number.isFinite(value) ? value : otherwise;
  };
  return () => Array.from({ length: sizeOf(shape) }, (_, i) => {
    const [least, most] = [at(low, i, -FAR), at(high, i, FAR)];
    return isWhole ? least + draws.integer(most - least + 1) : least + draws() * (most - least);
  });
}
