/**
 * Plays the example games through the host, as a bridge would, and sums up what they answered.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { loadDescribed } from '../../../../js_client/host/load.js';
import { checker } from '../../../../js_client/src/checks.js';
import { random } from '../../../../js_client/src/index.js';
import { installed } from '../../installed.js';

const EXAMPLES = fileURLToPath(new URL('../../../../js_client/examples/', import.meta.url));

/** The games, each with the file that describes it. */
export const GAMES = {
  dodge: 'dodge/stepwire.game.toml',
  lights: 'lights/stepwire.game.toml',
  'phaser-stars': 'phaser-stars/stepwire.game.mjs',
  plane: 'plane/stepwire.game.toml',
  'tetris-js': 'tetris-js/stepwire.game.toml',
};

/** The description of a game. @param {string} name */
export function pathOf(name) {
  return join(EXAMPLES, GAMES[name]);
}

/**
 * One instance of a game.
 * @param {string} name
 * @param {Record<string, any>} [changes] of the game's description, table by table
 */
export async function open(name, changes = {}) {
  const path = pathOf(name);
  const own = path.endsWith('.toml') ? installed('smol-toml').parse(readFileSync(path, 'utf8')) : (await import(pathToFileURL(path).href)).default;
  const changed = Object.entries(changes).map(([table, fields]) => [table, { ...own[table], ...fields }]);
  const { game } = await loadDescribed(path, { given: { ...own, ...Object.fromEntries(changed) } });
  return game();
}

/**
 * What came of playing: `rewards` of whole episodes, in order; `hash` of everything that was answered about the
 * game; `problems` that the host told of, and observations that are outside the game's space.
 * @typedef {{hash: string, steps: number, rewards: number[], best: number, problems: string[]}} Played
 */

/**
 * Plays from a seed; episodes after the first go on with the game's own random numbers.
 * @param {any} game
 * @param {object} how
 * @param {number} how.seed
 * @param {number} [how.steps]
 * @param {(draws: import('../../../../js_client/src/random.js').Random, observation: any) => any} [how.act] anything, when left out
 * @returns {Promise<Played>}
 */
export async function play(game, { seed, steps = 1000, act = anyOf(game.actionSpace) }) {
  const draws = random(1000 + seed);
  const hash = createHash('sha256');
  const wrong = checker(game.observationSpace);
  const problems = new Set();
  const rewards = [];
  let gained = 0;
  let observation;

  const take = (answer) => {
    const { fidelity = {}, ...info } = answer.info ?? {};
    hash.update(JSON.stringify({ ...answer, info }, plain));
    ({ observation } = answer);
    const complaint = wrong(observation);
    if (complaint) problems.add(JSON.stringify(complaint));
    for (const [kind, what] of Object.entries(fidelity)) problems.add(`${kind}: ${what.join(', ')}`);
  };
  take(await game.reset({ seed, options: {} }));
  for (let k = 0; k < steps; k += 1) {
    const answer = await game.step(act(draws, observation));
    take(answer);
    gained += answer.reward;
    if (!answer.terminated && !answer.truncated) continue;
    rewards.push(gained);
    gained = 0;
    take(await game.reset({ seed: null, options: {} }));
  }
  return { hash: hash.digest('hex'), steps, rewards, best: Math.max(gained, ...rewards), problems: [...problems] };
}

/** @param {import('../../../../js_client/src/spaces.js').DiscreteSpace} space */
function anyOf({ n }) {
  return (draws) => draws.integer(n);
}

/** Typed arrays as lists. @param {string} _ @param {any} value */
function plain(_, value) {
  return ArrayBuffer.isView(value) ? [...value] : value;
}
