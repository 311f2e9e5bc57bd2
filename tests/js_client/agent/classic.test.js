import assert from 'node:assert/strict';
import { test } from 'node:test';

import { classic } from '../../../js_client/agent/classic.js';
import { alone } from './talks.js';

const turn = () => new Promise(setImmediate);
const INSTANCE = { instance_id: '36232452612c4a4282768ae34b8b428b' };

/** What a method's reply means. */
async function meaning(method, text) {
  const { talk } = alone(classic);
  const call = talk.call(method, method === 'make' ? { env_id: 'CartPole-v1' } : INSTANCE);
  await turn();
  talk.receive(text);
  return call;
}

test('a request is as old servers want it, with the arguments among the parameters', async () => {
  const { talk, sent } = alone(classic);
  talk.call('make', { env_id: 'CartPole-v1', seed: 0, kwargs: { worker_id: 1 }, render_mode: undefined });
  await turn();
  assert.deepEqual(sent, ['{"method":"make","params":{"env_id":"CartPole-v1","seed":0,"worker_id":1}}']);
});

test('one request is on its way at a time, and every reply reaches its own', async () => {
  const { talk, sent } = alone(classic);
  const calls = [0, 1, 2].map((action) => talk.call('step', { ...INSTANCE, action }));
  for (const action of [0, 1, 2]) {
    await turn();
    assert.equal(sent.length, action + 1);
    talk.receive(`[[${action}.5], 1.0, false, {}]`);
  }
  assert.deepEqual((await Promise.all(calls)).map(({ observation }) => observation), [[0.5], [1.5], [2.5]]);
});

for (const [method, text, value] of [
  ['make', INSTANCE.instance_id, INSTANCE],
  ['make', '12345678901234567890123456789012', { instance_id: '12345678901234567890123456789012' }],
  ['make', '1234567890123456789012345678e012', { instance_id: '1234567890123456789012345678e012' }],
  ['make', `{"instance_id": "${INSTANCE.instance_id}"}`, INSTANCE],
  ['reset', '[0.1, nan, -inf]', { observation: [0.1, NaN, -Infinity], info: {} }],
  ['reset', '3', { observation: 3, info: {} }],
  ['step', '[[0.0], 1.0, false, {}]', { observation: [0], reward: 1, terminated: false, truncated: false, info: {} }],
  ['step', '[1, -1.0, true, {"k": 2}]', { observation: 1, reward: -1, terminated: true, truncated: false, info: { k: 2 } }],
  [
    'step', '[1, 0.0, true, {"TimeLimit.truncated": true}]',
    { observation: 1, reward: 0, terminated: false, truncated: true, info: { 'TimeLimit.truncated': true } },
  ],
  ['close', 'true', true],
  ['action_sample', '[0.5, 0.5]', [0.5, 0.5]],
  ['observation_space', '{"name": "Box", "shape": [1], "low": [-Infinity], "high": [Infinity]}', { name: 'Box', shape: [1], low: [-Infinity], high: [Infinity] }],
]) {
  test(`${text} in reply to ${method} is understood`, async () => assert.deepEqual(await meaning(method, text), value));
}

test('a reply that only Python can read is refused with its text, and the next one is read', async () => {
  const { talk } = alone(classic);
  const refused = assert.rejects(talk.call('action_sample', INSTANCE), { reason: 'BAD_REPLY', message: /\(1, array\(\[0., 0.\]\)\)$/ });
  const read = talk.call('action_sample', INSTANCE);
  await turn();
  talk.receive('(1, array([0., 0.]))');
  await turn();
  talk.receive('1');
  await refused;
  assert.equal(await read, 1);
});

test('an unsolicited message disturbs nothing while nobody waits', async () => {
  const { talk } = alone(classic);
  talk.receive('[0, 0, false, {}]');
  const first = talk.call('close', INSTANCE);
  await turn();
  talk.receive('true');
  talk.receive('"again"');
  assert.equal(await first, true);
  const second = talk.call('action_sample', INSTANCE);
  await turn();
  talk.receive('2');
  assert.equal(await second, 2);
});

for (const [method, params, message] of [
  ['reset', { ...INSTANCE, seed: 0 }, 'reset of a classic server takes no seed'],
  ['reset', { ...INSTANCE, options: {} }, 'reset of a classic server takes no options'],
  ['make', { env_id: 'x', render_mode: 'ansi' }, 'make of a classic server takes no render_mode'],
  ['render', INSTANCE, 'a classic server has no render'],
  ['list_envs', {}, 'a classic server has no list_envs'],
]) {
  test(`${message}, which is said before it closes the connection over it`, async () => {
    const { talk, sent } = alone(classic);
    await assert.rejects(talk.call(method, params), { reason: 'UNSUPPORTED', message });
    assert.deepEqual(sent, []);
  });
}

test('a reply that stays out ends the connection, so that it is not taken for the next one', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { talk, sent, closed } = alone(classic, 1000);
  const [first, second] = [talk.call('action_sample', INSTANCE), talk.call('action_sample', INSTANCE)];
  await turn();
  t.mock.timers.tick(1000);
  talk.receive('"late"');
  await assert.rejects(first, { reason: 'TIMEOUT' });
  await assert.rejects(second, { name: 'ConnectionClosed', message: '[4408] TIMEOUT' });
  assert.deepEqual(closed, [[4408, 'TIMEOUT']]);
  assert.equal(sent.length, 1);
});

test('the end rejects what is on its way, what waits for its turn, and what is asked later', async () => {
  const { talk } = alone(classic);
  const end = new Error('over');
  const calls = [talk.call('close', INSTANCE), talk.call('close', INSTANCE)];
  await turn();
  talk.end(end);
  for (const call of [...calls, talk.call('close', INSTANCE)]) await assert.rejects(call, end);
});
