/**
 * Snake as an environment: one food is worth 1, a death -1.
 *
 * Observation: three planes of the 10 × 10 board, head, body and food, as `look` in rules.js tells. Action: up,
 * right, down or left; straight back is ignored. An episode terminates with the snake's death (or a full board) and is
 * truncated after 100 turns without food; `options: {patience}` in a reset changes that number for the instance.
 */

import { box, discrete, random } from '../../src/index.js';
import { letters, pixels } from './picture.js';
import { advance, begin, isOver, look, PATIENCE, SIDE } from './rules.js';

/**
 * @param {(snake: import('./rules.js').Snake) => void} [watch] is shown the game after every change, to draw it
 * @returns {import('../../src/instances.js').Game}
 */
export default function game(watch = () => {}) {
  let draws = random();
  let snake = begin(draws);
  let patience = PATIENCE;
  const planes = new Uint8Array(3 * SIDE * SIDE);
  const seen = () => {
    watch(snake);
    return { observation: look(snake, planes), info: { score: snake.score, length: snake.length } };
  };
  return {
    name: 'snake',
    observationSpace: box({ low: 0, high: SIDE * SIDE, shape: [3, SIDE, SIDE], dtype: 'uint8' }),
    actionSpace: discrete(4),
    metadata: { render_modes: ['rgb_array', 'ansi'], render_fps: 10 },
    reset({ seed, options }) {
      if (seed !== null) draws = random(seed);
      patience = options.patience ?? patience;
      snake = begin(draws);
      return seen();
    },
    step(action) {
      const reward = advance(snake, action, draws);
      const terminated = isOver(snake);
      return { ...seen(), reward, terminated, truncated: !terminated && snake.hunger >= patience };
    },
    render: ({ mode }) => (mode === 'ansi' ? letters(snake) : pixels(snake)),
  };
}
