/**
 * A game whose every action is another mistake of its author's; 0 is none.
 */

import { box, discrete } from '../../js_client/src/index.js';

const goesOn = { reward: 1, terminated: false };
const steps = [
  () => ({ ...goesOn, observation: [0, 1] }),
  () => { throw new TypeError('speed is undefined'); },
  () => ({ ...goesOn, observation: [0, NaN] }),
  () => ({ ...goesOn, observation: [0, 2] }),
  () => ({ ...goesOn, observation: [0] }),
  () => ({ ...goesOn, observation: [0, 1], reward: 'much' }),
  () => ({ observation: [0, 1], reward: 1 }),
  () => undefined,
  () => Promise.reject(new Error('no network')),
  () => new Promise(() => {}),
  () => { for (;;); },
];

/** @returns {import('../../js_client/src/instances.js').Game} */
export default function game() {
  return {
    name: 'faulty',
    observationSpace: box({ low: 0, high: 1, shape: [2] }),
    actionSpace: discrete(steps.length),
    reset: () => ({ observation: [0, 0] }),
    // @ts-expect-error some of them give no step
    step: (action) => steps[action](),
  };
}
