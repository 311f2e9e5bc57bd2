/**
 * Plays single snakes by hand, one after the other, without any of our protocol: what a batch of them has to equal.
 *
 * Input: {seeds, actions, mode}, `actions[t][k]` for snake k at step t. Output, in C order: observations
 * uint8[steps + 1, snakes, 300], then the last observations of episodes that ended (SameStep) uint8[steps, snakes, 300],
 * then float64[steps, snakes, 4]: reward, terminated, truncated, score.
 */
import { readFileSync, writeSync } from 'node:fs';
import game from '../../../js_client/examples/snake/game.js';

const { seeds, actions, mode } = JSON.parse(readFileSync(0, 'utf8'));
const [steps, snakes, size] = [actions.length, seeds.length, 300];
const observations = new Uint8Array((steps + 1) * snakes * size);
const finals = new Uint8Array(steps * snakes * size);
const numbers = new Float64Array(steps * snakes * 4);

seeds.forEach((seed, k) => {
  const snake = game();
  let isOver = false;
  const see = (t, { observation }) => observations.set(observation, (t * snakes + k) * size);
  const begin = () => snake.reset({ seed: null, options: {} });
  see(0, snake.reset({ seed, options: {} }));
  for (let t = 0; t < steps; t += 1) {
    let now;
    if (isOver && mode === 'NextStep') {
      now = { ...begin(), reward: 0, terminated: false, truncated: false };
    } else {
      now = snake.step(actions[t][k]);
    }
    isOver = now.terminated || now.truncated;
    const ends = [now.reward, now.terminated, now.truncated];
    if (isOver && mode === 'SameStep') {
      finals.set(now.observation, (t * snakes + k) * size);
      now = begin();
    }
    see(t + 1, now);
    numbers.set([...ends, now.info.score], (t * snakes + k) * 4);
  }
});

for (const { buffer } of [observations, finals, numbers]) {
  const bytes = new Uint8Array(buffer);
  for (let at = 0; at < bytes.length;) at += writeSync(1, bytes, at);
}
