/**
 * Lander as an environment: continuous control, and an observation of several parts.
 *
 * Action: engine and turn, each from -1 to 1, as `advance` in rules.js tells; the reward is described there too. An
 * episode terminates with a landing or a crash, and is truncated after 1,000 steps. Info tells how it `ended`.
 */

import { box, dict, multiBinary, random } from '../../src/index.js';
import { pixels } from './picture.js';
import { advance, begin, LONGEST, STEP } from './rules.js';

const observationSpace = dict({
  // To the side of the pad, and above the ground, in screen heights.
  position: box({ low: [-3, -1], high: [3, 3], dtype: 'float64' }),
  velocity: box({ low: -10, high: 10, shape: [2], dtype: 'float64' }),
  // Radians, and radians a second.
  attitude: box({ low: [-Math.PI, -10], high: [Math.PI, 10], dtype: 'float64' }),
  fuel: box({ low: 0, high: 1, shape: [1], dtype: 'float64' }),
  feet: multiBinary(2),
});

/**
 * @param {(lander: import('./rules.js').Lander) => void} [watch] is shown the flight after every change, to draw it
 * @returns {import('../../src/instances.js').Game}
 */
export default function game(watch = () => {}) {
  let draws = random();
  let lander = begin(draws);
  const seen = () => {
    watch(lander);
    const { x, y, vx, vy, angle, spin, fuel, pad, feet } = lander;
    return { position: [x - pad, y], velocity: [vx, vy], attitude: [angle, spin], fuel: [fuel], feet: feet.map(Number) };
  };
  return {
    name: 'lander',
    observationSpace,
    actionSpace: box({ low: -1, high: 1, shape: [2] }),
    metadata: { render_modes: ['rgb_array'], render_fps: 1 / STEP },
    reset({ seed }) {
      if (seed !== null) draws = random(seed);
      lander = begin(draws);
      return { observation: seen() };
    },
    step([engine, turn]) {
      const reward = advance(lander, engine, turn);
      const terminated = lander.state !== 'flying';
      const truncated = !terminated && lander.steps >= LONGEST;
      return { observation: seen(), reward, terminated, truncated, info: terminated ? { ended: lander.state } : {} };
    },
    render: () => pixels(lander),
  };
}
