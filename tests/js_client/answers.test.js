import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';

import { answersTo } from '../../js_client/src/answers.js';
import { NumericArray } from '../../js_client/src/arrays.js';
import { layout } from '../../js_client/src/batches.js';
import { discrete } from '../../js_client/src/spaces.js';

const REQUEST = { type: 'step', id: 5, instances: [10, 11, 12] };

const outcome = (observation, more = {}) => ({ observation, reward: observation / 2, terminated: false, truncated: false, info: {}, ...more });

/** The answers to a request, and what was sent and reported. */
function answering(request = REQUEST) {
  const [sent, reported] = [[], []];
  const observations = layout(discrete(9));
  const answers = answersTo(request, { observations }, (message) => sent.push(message), (problem) => reported.push(problem));
  return { answers, sent, reported };
}

test('what is there at the first flush goes in one message, without the fields that do not apply', () => {
  const { answers, sent } = answering();
  for (const place of [2, 0, 1]) answers.add(place, outcome(place));
  answers.flush();
  assert.deepEqual(sent, [{
    type: 'state', id: 5, instances: [12, 10, 11], observations: [2, 0, 1], rewards: [1, 0, 0.5],
    terminated: [false, false, false], truncated: [false, false, false],
  }]);
});

test('infos and finals go along where there are any', () => {
  const { answers, sent } = answering();
  const final = { instance: 1, observation: 8, info: {} };
  answers.add(0, outcome(0));
  answers.add(1, outcome(1, { info: { score: 3 }, final }));
  answers.flush();
  assert.deepEqual([sent[0].infos, sent[0].finals], [[{}, { score: 3 }], [final]]);
});

test('the rewards and flags of many are arrays', () => {
  const instances = [...Array(16).keys()];
  const { answers, sent } = answering({ ...REQUEST, instances });
  for (const place of instances) answers.add(place, outcome(place % 8, { terminated: place === 3, truncated: place === 5 }));
  answers.flush();
  const bits = (at) => Uint8Array.from(instances, (place) => Number(place === at));
  assert.deepEqual(sent[0].rewards, new NumericArray('float64', [16], Float64Array.from(instances, (place) => (place % 8) / 2)));
  assert.deepEqual(sent[0].terminated, new NumericArray('bool', [16], bits(3)));
  assert.deepEqual(sent[0].truncated, new NumericArray('bool', [16], bits(5)));
});

test('what a game calls its own does not matter: a step is a step', () => {
  const { answers, sent } = answering();
  answers.add(0, outcome(4, { type: 'frame' }));
  answers.flush();
  assert.deepEqual([sent[0].type, sent[0].observations], ['state', [4]]);
});

test('after a reset there are no rewards', () => {
  const { answers, sent } = answering({ ...REQUEST, type: 'reset' });
  answers.add(0, outcome(4));
  answers.flush();
  assert.deepEqual(sent, [{ type: 'state', id: 5, instances: [10], observations: [4] }]);
});

test('what comes later in one turn of the event loop shares a message', async () => {
  const { answers, sent } = answering();
  answers.add(0, outcome(0));
  answers.flush();
  answers.add(1, outcome(1));
  answers.add(2, outcome(2));
  await setImmediate();
  assert.deepEqual(sent.map(({ instances, observations }) => [instances, observations]), [[[10], [0]], [[11, 12], [1, 2]]]);
});

test('what comes in different turns does not wait for the rest', async () => {
  const { answers, sent } = answering();
  answers.flush();
  for (const place of [1, 2]) {
    answers.add(place, outcome(place));
    await setImmediate();
  }
  assert.deepEqual(sent.map(({ instances }) => instances), [[11], [12]]);
});

test('a failure is a fault of its own, and reported with its stack', () => {
  const { answers, sent, reported } = answering();
  const error = new Error('mine');
  answers.fail(1, error);
  answers.flush();
  assert.deepEqual(sent, [{ type: 'fault', code: 'GAME_ERROR', message: 'mine', id: 5, instances: [11] }]);
  assert.deepEqual(reported, [error]);
});

test('frames go as they are', () => {
  const { answers, sent } = answering({ ...REQUEST, type: 'render' });
  const frame = { type: 'frame', id: 5, instance: 0, encoding: 'text', data: '@' };
  answers.add(0, frame);
  answers.flush();
  assert.deepEqual(sent, [frame]);
});
