/**
 * Unmodified games stepped inside Node, without any network: a driver of the bench, as bench/drivers/driving.py says.
 *
 * A case is GAME×N: N instances of an example in one process, one step each a round; +pixels observes 84 × 84 grey pixels.
 */

import { createInterface } from 'node:readline';

import { loadDescribed } from '../../js_client/host/load.js';
import { random } from '../../js_client/src/random.js';
import { described } from './described.mjs';

const LONGEST_WARM_UP = 0.1;
const PERCENTILES = [1, 5, 10, 25, 50, 75, 90, 95, 99, 99.9];

/** @type {Map<string, (seconds: number) => number[]>} */
const timings = new Map();

for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify(await answer(line.split(' '))));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error).split('\n')[0] }));
  }
}

/** @param {string[]} words */
async function answer([word, name, seconds]) {
  if (word === 'open') {
    timings.set(name, await opened(name));
    return {};
  }
  const timing = timings.get(name);
  if (word !== 'time' || !timing) throw new Error(`not understood: ${word} ${name}`);
  timing(Math.min(Number(seconds) / 5, LONGEST_WARM_UP));
  return block(timing(Number(seconds)));
}

/** @param {string} name */
async function opened(name) {
  const [, game, pixels, count] = /^([\w-]+?)(\+pixels)?×(\d+)$/.exec(name) ?? [];
  const { game: make } = await loadDescribed(...described(game, pixels !== undefined));
  const instances = Array.from({ length: Number(count) }, () => make());
  const draws = random(1);
  instances.forEach((instance, i) => instance.reset({ seed: i, options: {} }));
  const round = () => {
    for (const instance of instances) {
      const { terminated, truncated } = instance.step(draws.integer(instance.actionSpace.n));
      if (terminated || truncated) instance.reset({ seed: null, options: {} });
    }
  };
  return (/** @type {number} */ seconds) => {
    const durations = [];
    const began = performance.now();
    let now = began;
    while (now - began < seconds * 1000 || durations.length === 0) {
      round();
      const before = now;
      now = performance.now();
      durations.push((now - before) * 1000);
    }
    return durations;
  };
}

/** The statistics of a block of rounds, in µs. @param {number[]} durations */
function block(durations) {
  const ordered = durations.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ percent) => ordered[Math.round(((ordered.length - 1) * percent) / 100)];
  return {
    rounds: ordered.length, median: at(50), mean: ordered.reduce((sum, one) => sum + one, 0) / ordered.length,
    percentiles: Object.fromEntries(PERCENTILES.map((percent) => [String(percent), at(percent)])),
  };
}
