/**
 * A game that does nothing but take its time, for measuring who waits for whom.
 */

import { box, discrete } from '../../js_client/src/index.js';

/**
 * @param {number} milliseconds how long each step takes
 * @returns {import('../../js_client/src/instances.js').Game}
 */
export function timed(milliseconds) {
  const observation = [0];
  return {
    name: 'timed',
    observationSpace: box({ low: 0, high: 1, shape: [1] }),
    actionSpace: discrete(2),
    reset: () => ({ observation }),
    step: () => new Promise((resolve) => {
      setTimeout(() => resolve({ observation, reward: 1, terminated: false }), milliseconds);
    }),
  };
}
