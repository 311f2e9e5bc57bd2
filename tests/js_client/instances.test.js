import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';

import { performer } from '../../js_client/src/instances.js';
import { box, discrete } from '../../js_client/src/spaces.js';
import { counter } from './scripted.js';

/** Performs requests on copies of a game, and gives back what was sent and reported. */
function performing(games) {
  const [sent, reported] = [[], []];
  const perform = performer(games, (problem) => reported.push(problem));
  return { sent, reported, perform: (request) => perform(request, (answer) => sent.push(answer)) };
}

const step = (instances, actions, more = {}) => ({ type: 'step', id: 1, instances, actions, ...more });
const reset = (instances, seeds = instances, more = {}) => ({ type: 'reset', id: 1, instances, seeds, ...more });

/** A game whose step is the function given. */
const stepping = (work, more = {}) => ({
  observationSpace: box({ low: 0, high: 9, shape: [1] }), actionSpace: discrete(2), reset: () => [0], step: work, ...more,
});
const still = { observation: [0], reward: 0, terminated: false };

test('sixty-four instances that answer at once share one message', () => {
  const all = [...Array(64).keys()];
  const { sent, perform } = performing(all.map(counter));
  perform(reset(all));
  perform(step(all, all.map((i) => i % 3)));
  assert.equal(sent.length, 2);
  assert.deepEqual(sent[1].instances, all);
  assert.deepEqual([...sent[1].observations.data.subarray(0, 6)], [0, 0, 1, 1, 2, 2]);
});

test('a reset passes seed and options, and an empty object where there are none', () => {
  const seen = [];
  const { perform } = performing([stepping(() => still, { reset: (how) => { seen.push(how); return [0]; } })]);
  perform(reset([0], [7], { options: { level: 2 } }));
  perform(reset([0], [null]));
  perform(step([0], [0], { reset_instead: [0] }));
  assert.deepEqual(seen, [{ seed: 7, options: { level: 2 } }, { seed: null, options: {} }, { seed: null, options: {} }]);
});

test('the last observation of an episode is kept, though the reset writes into the same buffer', () => {
  const buffer = new Float32Array(1);
  const game = stepping(
    () => { buffer[0] = 5; return { observation: buffer, reward: 1, terminated: true, info: { last: 1 } }; },
    { reset: () => { buffer[0] = 0; return { observation: buffer, info: { first: 1 } }; } },
  );
  const { sent, perform } = performing([game]);
  perform(step([0], [0], { reset_after: true }));
  assert.deepEqual([...sent[0].observations.data], [0]);
  assert.deepEqual([...sent[0].finals[0].observation.data], [5]);
  assert.deepEqual([sent[0].infos, sent[0].finals[0].info, sent[0].terminated], [[{ first: 1 }], { last: 1 }, [true]]);
});

test('instances that share a buffer answer with their own observations', () => {
  const buffer = [0];
  const games = [3, 4].map((own) => stepping(() => { buffer[0] = own; return { ...still, observation: buffer }; }));
  const { sent, perform } = performing(games);
  perform(step([0, 1], [0, 0]));
  assert.deepEqual([...sent[0].observations.data], [3, 4]);
});

test('a promise that fails is a fault of its instance alone', async () => {
  const games = [stepping(async () => { throw new Error('late'); }), stepping(async () => still)];
  const { sent, perform } = performing(games);
  perform(step([0, 1], [0, 0]));
  await setImmediate();
  assert.deepEqual(sent.map(({ type, instances }) => [type, instances]), [['state', [1]], ['fault', [0]]]);
});

const MISTAKES = [
  ['nothing', undefined, /GAME_ERROR: step: the reward must be a number, got undefined/],
  ['no reward', { observation: [0], terminated: false }, /GAME_ERROR: step: the reward must be a number, got undefined/],
  ['no flag', { observation: [0], reward: 1 }, /GAME_ERROR: step: terminated and truncated must be true or false, got undefined, false/],
  ['no observation', { reward: 1, terminated: false }, /INVALID_OBSERVATION: observation: expected a list of 1 numbers, got undefined/],
  ['a strange observation', { ...still, observation: [10] }, /INVALID_OBSERVATION: observation\[0\]: expected a number in \[0, 9\], got 10/],
];

for (const [what, result, said] of MISTAKES) {
  test(`a step that gives ${what} is a fault that tells the author so`, () => {
    const { sent, reported, perform } = performing([stepping(() => result)]);
    perform(step([0], [0]));
    assert.match(`${sent[0].code}: ${sent[0].message}`, said);
    assert.deepEqual([sent[0].id, sent[0].instances], [1, [0]]);
    assert.equal(reported[0], sent[0].message);
  });
}

test('what a game throws is reported whole, with its stack', () => {
  const error = new Error('mine');
  const { reported, perform } = performing([stepping(() => { throw error; })]);
  perform(step([0], [0]));
  assert.equal(reported[0], error);
});

test('a game may throw anything', () => {
  const { sent, perform } = performing([stepping(() => { throw 'a word'; })]);
  perform(step([0], [0]));
  assert.equal(sent[0].message, 'a word');
});

test('a reset that leaves the space after an episode is a fault', () => {
  const { sent, perform } = performing([stepping(() => ({ ...still, terminated: true }), { reset: () => [99] })]);
  perform(step([0], [0], { reset_after: true }));
  assert.equal(sent[0].code, 'INVALID_OBSERVATION');
});
