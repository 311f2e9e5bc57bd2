/**
 * Plays an environment by itself, as the bridge would.
 */

import { random } from '../../../js_client/src/index.js';

/**
 * Everything that a game answers when it is played from a seed: resets with a null seed whenever an episode ends.
 * @param {import('../../../js_client/src/instances.js').Game} game
 * @param {number} seed
 * @param {number} steps
 * @param {(draws: import('../../../js_client/src/random.js').Random) => any} act
 */
export function played(game, seed, steps, act, options = {}) {
  const draws = random(1000 + seed);
  const answers = [structuredClone(game.reset({ seed, options }))];
  for (let k = 0; k < steps; k += 1) {
    const step = structuredClone(game.step(act(draws)));
    answers.push(step);
    if (step.terminated || step.truncated) answers.push(structuredClone(game.reset({ seed: null, options: {} })));
  }
  return answers;
}
