/**
 * `check PATH`: whether a description is in order, all that is wrong with it, and how the game fares when it is played.
 *
 * Exit code 0: it can be trained with; 1: it cannot; 2: it could not be tried.
 */

import { BadDescription } from '../description/check.js';
import { readDescription } from '../description/read.js';
import { CommandProblem, gameAndOptions, givenTable } from './words.js';

/** @typedef {import('../hosted.js').Described} Described */

const USAGE = 'check PATH [--given JSON] [--steps N]';

/** @param {string[]} words @returns {Promise<number>} */
export async function run(words) {
  const { path, values } = gameAndOptions(words, { given: { type: 'string' }, steps: { type: 'string', default: '500' } }, USAGE);
  const steps = Number(values.steps);
  if (!Number.isSafeInteger(steps) || steps < 1) throw new CommandProblem(`--steps: expected a whole number from 1 on, got ${values.steps}`);
  const given = givenTable(values.given);
  const read = await described(path, given);
  if (!read) return 1;
  const { description } = read;
  if (description.driver === 'chromium') return said(['it runs in Chromium, and was not played: `stepwire host --verify` does that']);
  return play(path, given, steps);
}

/** @param {string} path @param {Record<string, any>|undefined} given */
async function described(path, given) {
  try {
    const read = await readDescription(path, { given });
    const { name, kind, entry, screen } = read.description;
    console.log(`ok     ${name}: the description is in order (${kind}, ${entry}, ${screen.width} × ${screen.height})`);
    return read;
  } catch (error) {
    if (!(error instanceof BadDescription)) throw error;
    console.log(`wrong  ${path}: ${error.problems.length} problem${error.problems.length === 1 ? '' : 's'}`);
    for (const line of error.message.split('\n')) console.log(`       ${line}`);
    return undefined;
  }
}

/** @param {string} path @param {Record<string, any>|undefined} given @param {number} steps @returns {Promise<number>} */
async function play(path, given, steps) {
  // Only now: a description can be checked where the game could not be run.
  const [{ describe }, { trial }] = await Promise.all([import('../load.js'), import('../trial.js')]);
  /** @type {Described} */
  let game;
  try {
    game = await describe(path, { given });
  } catch (error) {
    const { cause, message } = /** @type {Error} */ (error);
    if (cause === undefined) throw error;
    console.log(`wrong  ${message}`);
    return 1;
  }
  if (game.description.messages) return dial(game);
  const { wrong, odd, steps: played, episodes, seconds } = trial(game, { steps });
  for (const line of wrong) console.log(`wrong  ${line}`);
  const rate = Math.round((played * game.description.time.frame_skip) / Math.max(seconds, 1e-3));
  const faster = Math.round(rate / game.description.time.fps);
  if (played > 0) {
    console.log(`${wrong.length > 0 ? '      ' : 'ok    '} played ${played} steps in ${episodes} episode${episodes === 1 ? '' : 's'}: ${rate} frames/s, ${faster} × real time`);
  }
  said(odd);
  return wrong.length > 0 ? 1 : 0;
}

/** A game with a protocol of its own: does it load, and dial somebody? @param {Described} game */
async function dial(game) {
  const { dialled } = await import('../trial-call.js');
  const { wrong, odd } = dialled(game);
  for (const line of wrong) console.log(`wrong  ${line}`);
  if (wrong.length + odd.length === 0) console.log('ok     it has loaded, and dials the bridge');
  said(odd);
  return wrong.length > 0 ? 1 : 0;
}

/** @param {string[]} odd @returns {number} */
function said(odd) {
  for (const line of odd) console.log(`odd    ${line}`);
  return 0;
}
