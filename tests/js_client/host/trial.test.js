import assert from 'node:assert/strict';
import { test } from 'node:test';

import { trial } from '../../../js_client/host/trial.js';
import { describedGame } from './games.js';

const COUNTER = 'let count = 0; module.exports = { add(by) { count += by; }, get count() { return count; } };';
const COUNT = 'stepwire.module("index.js").count';
const CHANGES = {
  action: { space: { type: 'Discrete', n: 2, start: 1, dtype: 'int64' }, run: 'stepwire.module("index.js").add(action)' },
  observation: { space: { type: 'Box', low: 0, high: 100, shape: [1], dtype: 'float32' }, read: `[${COUNT}]` },
  reward: { read: COUNT, difference: true, scale: 1 },
  episode: { terminated: `${COUNT} >= 10`, max_steps: 0, reset: 'hard', start: [] },
};

/** @param {Record<string, any>} [changes] @param {string} [script] */
const game = (changes = {}, script = COUNTER) => describedGame({ 'index.js': script }, { ...CHANGES, ...changes });
const tried = (changes, script, steps = 40) => trial(game(changes, script), { steps });

test('a game is played for so many steps, in as many episodes as that takes', () => {
  const { steps, episodes, wrong, odd } = tried();
  assert.deepEqual([steps, wrong, odd], [40, [], []]);
  assert.ok(episodes >= 4 && episodes <= 8, `${episodes} episodes of 5 to 10 steps`);
});

test('the same seed plays the same', () => {
  const [one, two] = [7, 7].map((seed) => trial(game(), { steps: 60, seed }));
  assert.deepEqual([one.episodes, one.steps], [two.episodes, two.steps]);
});

test('an observation outside its space ends the trial, with the place and the time', () => {
  const { wrong, steps } = tried({ episode: { max_steps: 500, reset: 'hard', start: [] } }, COUNTER, 500);
  assert.equal(wrong.length, 1);
  assert.match(wrong[0], /^observation\.read\[0\]: expected a number in \[0, 100\], got 10[12] \(after step \d+\)$/);
  assert.ok(steps < 101);
});

test('the first observation is looked at, too', () => {
  const { wrong } = tried({ observation: { ...CHANGES.observation, read: '"many"' } });
  assert.deepEqual(wrong, ['observation.read: expected a list of 1 numbers, got "many" (after the start-up input)']);
});

test('a game that throws when it is loaded is wrong', () => {
  assert.match(tried({}, 'throw new Error("at the beginning");').wrong.join('\n'), /at the beginning/);
});

test('errors of a game that goes on are odd', () => {
  const { wrong, odd } = tried({}, `${COUNTER} setTimeout(() => { throw new Error("later"); }, 10);`);
  assert.deepEqual(wrong, []);
  assert.match(odd[0], /^errors that the game did not catch: Error: later \(\/index\.js:1:\d+\)$/);
});

test('more errors than the limit allows are wrong', () => {
  const { wrong } = tried({ limits: { errors: 3 } }, `${COUNTER} setInterval(() => { throw new Error("again"); }, 10);`);
  assert.match(wrong.join('\n'), /uncaught errors, more than limits\.errors; the first: Error: again/);
});

test('a step that does not end is stopped, and told', () => {
  const { wrong } = tried({ limits: { step_seconds: 0.2 }, action: { ...CHANGES.action, run: 'for (;;);' } });
  assert.deepEqual(wrong, ['the game needed more than 0.2 s for step 1, and was stopped']);
});

test('a start that does not come is wrong, and its field is named', () => {
  const { wrong } = tried({ episode: { ...CHANGES.episode, start: [{ until: 'false', frames: 5 }] } });
  assert.deepEqual(wrong, ['episode.start[0]: still not so after 5 frames: false']);
});

test('nothing is odd beside what is wrong', () => {
  const { wrong, odd } = tried({ info: { a: 'nothing.at.all' }, reward: { difference: false, scale: 1 } });
  assert.deepEqual([wrong.length, odd], [1, []]);
});

test('no end at all is odd', () => {
  const { odd } = tried({ episode: { max_steps: 0, reset: 'hard', start: [] }, observation: { ...CHANGES.observation, space: { type: 'Box', low: 0, high: 1e6, shape: [1], dtype: 'float32' } } });
  assert.deepEqual(odd, ['no episode ever ends: episode.terminated, truncated or max_steps says when']);
});
