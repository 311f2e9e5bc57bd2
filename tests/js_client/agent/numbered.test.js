import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RequestFailed } from '../../../js_client/agent/index.js';
import { numbered } from '../../../js_client/agent/numbered.js';
import { alone } from './talks.js';

const reply = (id, result) => JSON.stringify({ id, result });

test('a request says its number, its method and its parameters', () => {
  const { talk, sent } = alone(numbered);
  talk.call('make', { env_id: 'CartPole-v1', seed: 7, kwargs: undefined });
  talk.call('list_envs');
  assert.deepEqual(sent, [
    '{"id":1,"method":"make","params":{"env_id":"CartPole-v1","seed":7}}', '{"id":2,"method":"list_envs","params":{}}',
  ]);
});

test('replies find their requests in whatever order they come', async () => {
  const { talk } = alone(numbered);
  const calls = ['a', 'b', 'c'].map((method) => talk.call(method));
  for (const id of [3, 1, 2]) talk.receive(reply(id, id * 10));
  assert.deepEqual(await Promise.all(calls), [10, 20, 30]);
});

test('what nobody asked for, or nobody can read, disturbs nothing', async () => {
  const { talk } = alone(numbered);
  const call = talk.call('reset');
  for (const text of [reply(2, 'too early'), reply(null, 0), '{}', 'null', '3', '[1]', 'nonsense', '{"id":1,"result":{"$strange":1}}']) talk.receive(text);
  talk.receive(reply(1, 'right'));
  talk.receive(reply(1, 'twice'));
  assert.equal(await call, 'right');
});

test('an error rejects its own request alone', async () => {
  const { talk } = alone(numbered);
  const [bad, good] = [talk.call('step'), talk.call('step')];
  talk.receive('{"id":1,"error":{"reason":"INVALID_ACTION","message":"action: expected 0 or 1","data":{"given":7}}}');
  talk.receive(reply(2, true));
  await assert.rejects(bad, { name: 'RequestFailed', reason: 'INVALID_ACTION', message: 'action: expected 0 or 1', data: { given: 7 } });
  assert.equal(await good, true);
});

test('an error that says nothing is an error all the same', async () => {
  const { talk } = alone(numbered);
  const call = talk.call('step');
  talk.receive('{"id":1,"error":{}}');
  await assert.rejects(call, (error) => error instanceof RequestFailed && error.reason === 'UNKNOWN');
});

test('each request has its own time, and a reply that is late goes to nobody', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { talk, closed } = alone(numbered, 1000);
  const first = talk.call('step');
  t.mock.timers.tick(600);
  const second = talk.call('step');
  t.mock.timers.tick(400);
  await assert.rejects(first, { reason: 'TIMEOUT', message: 'no reply to step within 1000 ms' });
  talk.receive(reply(1, 'late'));
  talk.receive(reply(2, 'in time'));
  assert.equal(await second, 'in time');
  assert.deepEqual(closed, []);
});

test('the end rejects all that waits and all that is asked later', async () => {
  const { talk, sent } = alone(numbered);
  const calls = [talk.call('a'), talk.call('b')];
  const end = new Error('over');
  talk.end(end);
  for (const call of [...calls, talk.call('c')]) await assert.rejects(call, end);
  assert.equal(sent.length, 2);
});

test('what cannot be written rejects and is not waited for', async () => {
  const { talk, sent } = alone(numbered);
  const loop = {};
  loop.loop = loop;
  await assert.rejects(talk.call('step', { action: loop }), TypeError);
  assert.deepEqual(sent, []);
});
