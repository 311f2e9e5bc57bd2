/**
 * Counts what a game that is a module does, as the games with a description do for themselves.
 */

import { statistics } from './statistics.js';

/** @typedef {import('../src/instances.js').Game} Game */

/**
 * The same game, or a function that makes the same games, with every step, episode and fault counted.
 * @template {Game|(() => Game)} Made
 * @param {Made} game
 * @returns {Made}
 */
export function counted(game) {
  return /** @type {Made} */ (typeof game === 'function' ? () => watched(game()) : watched(game));
}

/**
 * A plain object around a game: its own methods go on seeing themselves as `this`.
 * @param {Game} game
 */
function watched(game) {
  if (!game?.reset || !game.step) return game; // whoever serves it says what it lacks
  const { name, observationSpace, actionSpace, metadata } = game;
  return {
    name,
    observationSpace,
    actionSpace,
    metadata,
    /** @param {any} how */
    reset(how) {
      statistics.episodes += 1;
      return faulty(() => game.reset(how));
    },
    /** @param {any} action */
    step(action) {
      statistics.steps += 1;
      return faulty(() => game.step(action));
    },
    ...(game.render && { render: /** @param {any} how */ (how) => game.render?.(how) }),
  };
}

/** What `work` gives; a fault in it is counted, now or when its promise is broken. @param {() => any} work */
function faulty(work) {
  try {
    const result = work();
    if (typeof result?.then === 'function') result.then(undefined, count);
    return result;
  } catch (error) {
    count();
    throw error;
  }
}

function count() {
  statistics.faults += 1;
}
