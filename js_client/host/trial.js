/**
 * Plays a game for a while with random actions, and tells what its author should know: what is wrong, and what is odd.
 *
 * Knows a game as its realm has it, in this process. What comes of the findings is the caller's.
 */

import { isDeepStrictEqual } from 'node:util';

import { outside } from '../src/checks.js';
import { random } from '../src/random.js';
import { sampler } from './samples.js';
import { guarded } from './vm/guard.js';
import { createRealm } from './vm/realm.js';

/** @typedef {import('./hosted.js').Described} Described */

/**
 * @typedef {object} Findings
 * @property {number} steps
 * @property {number} episodes that were begun
 * @property {number} seconds of real time
 * @property {string[]} wrong nobody can train with these
 * @property {string[]} odd may be as it should
 */

/** What a report's kinds mean to somebody who tries a game. @type {Record<string, string>} */
const NOTES = {
  errors: 'errors that the game did not catch',
  missing_files: 'files that are not there',
  missing_images: 'pictures that are not there',
  skipped_scripts: 'scripts that were skipped',
  unknown_wx: 'names of wx that the host does not know',
  needs_canvas: 'asks for real pixels (screen.canvas = "real")',
  needs_browser: 'asks for what only a browser has (driver = "chromium")',
  network: 'addresses that cannot be reached from here',
  dialogs: 'dialogs that were answered by nobody',
};
const MOST_NOTES = 8;

/**
 * @param {Described} described
 * @param {{steps?: number, seed?: number}} [how]
 * @returns {Findings}
 */
export function trial(described, { steps = 500, seed = 1 } = {}) {
  /** @type {Findings} */
  const findings = { steps: 0, episodes: 0, seconds: 0, wrong: [], odd: [] };
  /** @type {Map<string, Set<string>>} */
  const notes = new Map();
  const seen = { rewards: 0, ends: 0, first: /** @type {any} */ (undefined), changes: 0 };
  const began = performance.now();
  try {
    while (findings.steps < steps) playEpisode(described, { steps, seed: seed + findings.episodes }, findings, seen, notes);
  } catch (error) {
    findings.wrong.push(String(/** @type {any} */ (error)?.message ?? error));
  }
  findings.seconds = (performance.now() - began) / 1000;
  findings.odd.push(...noted(notes), ...(findings.wrong.length > 0 ? [] : oddities(described.description, findings, seen)));
  return findings;
}

/**
 * One episode, or what is left of the steps.
 * @param {Described} described @param {{steps: number, seed: number}} how @param {Findings} findings
 * @param {{rewards: number, ends: number, first: any, changes: number}} seen @param {Map<string, Set<string>>} notes
 */
function playEpisode(described, { steps, seed }, findings, seen, notes) {
  const { description } = described;
  const { limits, observation, action } = description;
  findings.episodes += 1;
  const sample = sampler(action.space, random(seed));
  const realm = createRealm(described.pack, description, { ...described, seed });
  /** @param {any} value @param {string} when */
  const look = (value, when) => {
    const mistake = observation.pixels ? undefined : outside(observation.space, value, 'observation.read');
    if (mistake) throw new Error(`${mistake} (${when})`);
    if (realm.errorCount() > limits.errors) throw new Error(`${realm.errorCount()} uncaught errors, more than limits.errors; the first: ${realm.firstError()}`);
    if (seen.first === undefined) seen.first = structuredCopy(value);
    else if (seen.changes === 0 && !isDeepStrictEqual(structuredCopy(value), seen.first)) seen.changes += 1;
  };
  try {
    const first = timed(() => realm.begin(), limits.reset_seconds, 'to begin');
    look(first.observation, 'after the start-up input');
    for (let isOver = false; !isOver && findings.steps < steps;) {
      const step = timed(() => realm.step(sample()), limits.step_seconds, `for step ${findings.steps + 1}`);
      findings.steps += 1;
      look(step.observation, `after step ${findings.steps}`);
      if (step.reward !== 0) seen.rewards += 1;
      isOver = step.terminated || step.truncated;
      if (step.terminated) seen.ends += 1;
    }
  } finally {
    for (const [kind, whats] of Object.entries(realm.summary())) notes.set(kind, new Set([...(notes.get(kind) ?? []), ...whats]));
  }
}

/** @template T @param {() => T} work @param {number} seconds @param {string} what @returns {T} */
function timed(work, seconds, what) {
  /** @type {{value?: T}} */
  const result = {};
  if (!guarded(() => { result.value = work(); }, seconds)) throw new Error(`the game needed more than ${seconds} s ${what}, and was stopped`);
  return /** @type {T} */ (result.value);
}

/** Of this realm, so that it can be compared. @param {any} value */
function structuredCopy(value) {
  return JSON.parse(JSON.stringify(value));
}

/** @param {Map<string, Set<string>>} notes @returns {string[]} */
function noted(notes) {
  return Array.from(notes, ([kind, whats]) => {
    const list = [...whats];
    const more = list.length > MOST_NOTES ? ` and ${list.length - MOST_NOTES} more` : '';
    return `${NOTES[kind] ?? kind}: ${list.slice(0, MOST_NOTES).join(', ')}${more}`;
  });
}

/** @param {Record<string, any>} description @param {Findings} findings @param {{rewards: number, ends: number, changes: number}} seen @returns {string[]} */
function oddities({ reward, episode, observation }, { steps }, seen) {
  const played = `in ${steps} steps of random actions`;
  return [
    ...(reward.read === undefined ? ['reward.read is missing: every reward is 0'] : []),
    ...(reward.read !== undefined && seen.rewards === 0 ? [`every reward was 0 ${played}`] : []),
    ...(episode.terminated === undefined && episode.max_steps === 0 && episode.truncated === undefined ? ['no episode ever ends: episode.terminated, truncated or max_steps says when'] : []),
    ...(episode.terminated !== undefined && seen.ends === 0 ? [`episode.terminated was never true ${played}`] : []),
    ...(!observation.pixels && seen.changes === 0 ? [`the observation was always the same ${played}`] : []),
  ];
}
