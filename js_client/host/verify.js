/**
 * Plays the same game with the same seed and the same actions here and in Chromium, frame by frame, and compares what
 * is observed. Chromium is right: where the two differ, the host does something that a browser does not.
 */

import { isDeepStrictEqual } from 'node:util';

import { random } from '../src/random.js';
import { openPage } from './chromium/page.js';
import { plain } from './realm/plain.js';
import { sampler } from './samples.js';
import { createRealm } from './vm/realm.js';

/** @typedef {import('./hosted.js').Described} Described */
/** @typedef {{frame: number, episode: number, path: string, here: string, there: string}} Difference */

/**
 * @param {any} browser of playwright-core
 * @param {Described} described
 * @param {{seed?: number, frames?: number}} [how]
 * @returns {Promise<{frames: number, episodes: number, difference?: Difference}>}
 */
export async function verify(browser, described, { seed = 1, frames = 500 } = {}) {
  const one = oneFrameAStep(described);
  const sample = sampler(described.description.action.space, random(seed));
  let episode = 0;
  let frame = 0;
  while (frame < frames) {
    episode += 1;
    const own = seed + episode - 1;
    const here = createRealm(one.pack, one.description, { ...one, seed: own });
    const first = here.begin();
    const there = await openPage(browser, one, own);
    try {
      let found = differing('', plain(seen(first)), plain(seen(there.first)));
      let isOver = false;
      while (!found && !isOver && frame < frames) {
        frame += 1;
        const action = sample();
        const [step, twin] = [here.step(action), await there.step(action)];
        found = differing('', plain(seen(step)), plain(seen(twin)));
        isOver = step.terminated || step.truncated;
      }
      if (found) return { frames: frame, episodes: episode, difference: { frame, episode, ...found } };
    } finally {
      await there.close();
    }
  }
  return { frames, episodes: episode };
}

/** The game with one frame a step, and nothing but numbers to look at. @param {Described} described @returns {Described} */
function oneFrameAStep(described) {
  const { description } = described;
  const { pixels, ...observation } = description.observation;
  return {
    ...described, canvas: undefined,
    description: { ...description, screen: { ...description.screen, canvas: 'none' }, observation: pixels ? { ...observation, read: '0' } : observation, time: { ...description.time, frame_skip: 1 } },
  };
}

/** What must be equal: all but how it fared here. @param {any} step */
function seen({ observation, reward, terminated, truncated, info: { fidelity, ...info } }) {
  return { observation, reward, terminated, truncated, info };
}

/** The first place where two values differ. @param {string} path @param {any} here @param {any} there @returns {{path: string, here: string, there: string}|undefined} */
function differing(path, here, there) {
  if (isDeepStrictEqual(here, there)) return undefined;
  const isNested = [here, there].every((value) => typeof value === 'object' && value !== null);
  if (isNested && Array.isArray(here) === Array.isArray(there)) {
    for (const key of new Set([...Object.keys(here), ...Object.keys(there)])) {
      const found = differing(Array.isArray(here) ? `${path}[${key}]` : `${path}${path && '.'}${key}`, here[key], there[key]);
      if (found) return found;
    }
  }
  return { path, here: shown(here), there: shown(there) };
}

/** @param {any} value */
function shown(value) {
  return (JSON.stringify(value) ?? String(value)).slice(0, 120);
}
