/**
 * `verify PATH`: the same game here and in Chromium, frame by frame.
 */

import { parseArgs } from 'node:util';

import { CannotStart } from '../arguments.js';
import { startChromium } from '../chromium/browser.js';
import { describe } from '../load.js';
import { verify } from '../verify.js';

/**
 * @param {string[]} words
 * @returns {Promise<number>} the exit code: 0 equal, 1 different
 * @throws {CannotStart} wrong words, a description with problems, or no Chromium
 */
export async function run(words) {
  const { path, given, seed, frames } = read(words);
  const described = await describe(path, { given });
  if (described.description.messages) throw new CannotStart('verify: messages drive the clock of this game, and there is no bridge here');
  const browser = await startChromium();
  try {
    const { difference, ...played } = await verify(browser, described, { seed, frames });
    const what = `${described.description.name}, seed ${seed}: ${played.frames} frames in ${played.episodes} episode${played.episodes > 1 ? 's' : ''}`;
    if (!difference) {
      console.log(`equal      ${what}`);
      return 0;
    }
    console.log(`different  ${what}`);
    console.log(`           frame ${difference.frame} of episode ${difference.episode}: ${difference.path || 'everything'} is ${difference.here} here, and ${difference.there} in Chromium`);
    return 1;
  } finally {
    await browser.close();
  }
}

/** @param {string[]} words */
function read(words) {
  const { values, positionals } = parsed(words);
  const [seed, frames] = [values.seed, values.steps].map(Number);
  if (positionals.length !== 1) throw new CannotStart('verify: one path is needed');
  if (!Number.isSafeInteger(seed) || seed < 0) throw new CannotStart(`--seed: expected a whole number, got ${values.seed}`);
  if (!Number.isSafeInteger(frames) || frames < 1) throw new CannotStart(`--steps: expected a number above 0, got ${values.steps}`);
  return { path: positionals[0], seed, frames, given: values.given === undefined ? undefined : JSON.parse(values.given) };
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({
      args, allowPositionals: true,
      options: { given: { type: 'string' }, seed: { type: 'string', default: '1' }, steps: { type: 'string', default: '500' } },
    });
  } catch (error) {
    throw new CannotStart(`verify: ${/** @type {Error} */ (error).message.split('\n')[0]}`, { cause: error });
  }
}
