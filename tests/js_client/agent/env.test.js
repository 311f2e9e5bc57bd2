import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Env } from '../../../js_client/agent/index.js';
import { box, discrete } from '../../../js_client/src/spaces.js';

/** An environment whose server answers with `result`, and what it was asked. */
function env(result) {
  const asked = [];
  const call = async (method, params) => {
    asked.push([method, params]);
    return result;
  };
  return { asked, env: new Env(call, { instance_id: 'a1' }) };
}

const stepped = (more) => ({ observation: [1, 2], reward: 0.5, terminated: false, truncated: false, info: { k: 1 }, ...more });

test('a step is the old list of four, and says how the episode ended', async () => {
  for (const [terminated, truncated, done] of [[false, false, false], [true, false, true], [false, true, true], [true, true, true]]) {
    const { env: one, asked } = env(stepped({ terminated, truncated }));
    const step = await one.step(1);
    const [state, reward, isDone, info] = step;
    assert.deepEqual([state, reward, isDone, info], [[1, 2], 0.5, done, { k: 1 }]);
    assert.deepEqual([step.length, step.terminated, step.truncated], [4, terminated, truncated]);
    assert.deepEqual(asked, [['step', { instance_id: 'a1', action: 1 }]]);
  }
});

for (const [how, params] of [
  [[], { seed: undefined, options: undefined }], [[0], { seed: 0, options: undefined }], [[null], { seed: undefined, options: undefined }],
  [[{ seed: 3, options: { patience: 5 } }], { seed: 3, options: { patience: 5 } }],
]) {
  test(`reset(${JSON.stringify(how).slice(1, -1)}) gives the observation alone, and keeps the info`, async () => {
    const { env: one, asked } = env({ observation: 7, info: { k: 1 } });
    assert.equal(await one.reset(...how), 7);
    assert.deepEqual(asked, [['reset', { instance_id: 'a1', ...params }]]);
    assert.deepEqual(one.info, { k: 1 });
  });
}

test('a step keeps the info as well', async () => {
  const { env: one } = env(stepped());
  await one.step(0);
  assert.deepEqual(one.info, { k: 1 });
});

test('spaces are in the old form', async () => {
  assert.deepEqual(await env(discrete(2)).env.actionSpace(), { name: 'Discrete', n: 2 });
  assert.deepEqual(await env(box({ low: 0, high: 1, shape: [1] })).env.observationSpace(), { name: 'Box', shape: [1], low: [0], high: [1] });
});

test('a sample is drawn by the server, from a seed where one is given', async () => {
  const { env: one, asked } = env(1);
  assert.equal(await one.actionSample(), 1);
  assert.equal(await one.actionSample(5), 1);
  assert.deepEqual(asked.map(([, { seed }]) => seed), [undefined, 5]);
});

for (const [what, result, picture] of [
  ['text', { text: 'SFFF' }, 'SFFF'], ['an empty text', { text: '' }, ''], ['a PNG', { png: 'iVBORw==' }, Uint8Array.of(137, 80, 78, 71)],
  ['a PNG as bytes', { png: Uint8Array.of(137, 80) }, Uint8Array.of(137, 80)],
]) {
  test(`render gives ${what}`, async () => assert.deepEqual(await env(result).env.render(), picture));
}

test('closing gives what the server says', async () => {
  const { env: one, asked } = env(true);
  assert.equal(await one.close(), true);
  assert.deepEqual(asked, [['close', { instance_id: 'a1' }]]);
});
