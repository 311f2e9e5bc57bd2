import assert from 'node:assert/strict';
import { test } from 'node:test';

import Default, { Env, Gymie } from '../../../js_client/agent/index.js';
import { queue } from '../bridge.js';
import { answers, met, result } from './talks.js';

/** What replaces the handlers, and keeps what they are told. */
function watched(gymie) {
  const told = queue();
  gymie.onError = (error) => told.put(['error', error.name]);
  gymie.onClose = (code, reason) => told.put(['close', code, reason]);
  return told;
}

test('the default export is the class, as in the old package', () => assert.equal(Default, Gymie));

test('connecting offers the second version, and says the token', async (t) => {
  const { server } = await met(t, { token: 'secret' });
  assert.equal(server.request.headers['sec-websocket-protocol'], 'gymie.v2');
  assert.equal(server.request.url, '/gym?token=secret');
});

test('connecting to an old server offers nothing', async (t) => {
  const { server } = await met(t, { classic: true });
  assert.equal(server.request.headers['sec-websocket-protocol'], undefined);
});

test('making sends the seed, 0 among them, and gives an environment', async (t) => {
  const { gymie, server } = await met(t);
  const env = gymie.make('CartPole-v1', 0);
  const { method, params } = await answers(server, result({ instance_id: 'a1', metadata: { render_fps: 50 }, render_mode: null }));
  assert.deepEqual([method, params], ['make', { env_id: 'CartPole-v1', seed: 0 }]);
  assert.ok(await env instanceof Env);
  const { instanceId, metadata, renderMode } = await env;
  assert.deepEqual([instanceId, metadata, renderMode], ['a1', { render_fps: 50 }, null]);
});

test('making with more than a seed says all of it', async (t) => {
  const { gymie, server } = await met(t);
  const env = gymie.make('FrozenLake-v1', { seed: 3, kwargs: { is_slippery: false }, renderMode: 'ansi' });
  const { params } = await answers(server, result({ instance_id: 'a1', render_mode: 'ansi' }));
  assert.deepEqual(params, { env_id: 'FrozenLake-v1', seed: 3, kwargs: { is_slippery: false }, render_mode: 'ansi' });
  assert.equal((await env).renderMode, 'ansi');
});

test('making without a seed sends none', async (t) => {
  const { gymie, server } = await met(t);
  for (const how of [[], [undefined], [null], [{}]]) {
    const env = gymie.make('CartPole-v1', ...how);
    assert.deepEqual((await answers(server, result({ instance_id: 'a1' }))).params, { env_id: 'CartPole-v1' });
    await env;
  }
});

test('many can be made at once, and answered in any order', async (t) => {
  const { gymie, server } = await met(t);
  const envs = ['a', 'b', 'c'].map((name) => gymie.make(name));
  const requests = [await server.hear(), await server.hear(), await server.hear()];
  for (const { id, params } of requests.reverse()) server.say({ id, result: { instance_id: `id of ${params.env_id}` } });
  assert.deepEqual((await Promise.all(envs)).map(({ instanceId }) => instanceId), ['id of a', 'id of b', 'id of c']);
});

for (const [call, method, value] of [['listEnvs', 'list_envs', [{ env_id: 'gym:CartPole-v1' }]], ['serverInfo', 'server_info', { version: '0.1.0' }]]) {
  test(`${call} gives what the server says`, async (t) => {
    const { gymie, server } = await met(t);
    const told = gymie[call]();
    assert.equal((await answers(server, result(value))).method, method);
    assert.deepEqual(await told, value);
  });
}

test('nothing is made before a connection and after it', async (t) => {
  const { gymie } = await met(t);
  await gymie.close();
  for (const one of [new Gymie(), gymie]) {
    await assert.rejects(one.make('CartPole-v1'), { name: 'NoConnected' });
    await assert.rejects(one.listEnvs(), { name: 'NoConnected' });
    await assert.rejects(one.serverInfo(), { name: 'NoConnected' });
  }
});

test('closing what never was connected, or is closed, does nothing', async (t) => {
  const { gymie } = await met(t);
  await new Gymie().close();
  await gymie.close();
  await gymie.close();
});

test('a server that closes rejects all that waits, and tells why', async (t) => {
  const { gymie, server } = await met(t);
  const told = watched(gymie);
  const calls = [gymie.make('a'), gymie.make('b')];
  const rejected = calls.map((call) => assert.rejects(call, { name: 'ConnectionClosed', message: '[1007] Environment `a` not found' }));
  await server.hear();
  server.socket.close(1007, 'Environment `a` not found');
  await Promise.all(rejected);
  assert.deepEqual(await told.take(), ['close', 1007, 'Environment `a` not found']);
});

test('a connection that breaks rejects all that waits, and tells so', async (t) => {
  const { gymie, server } = await met(t);
  const told = watched(gymie);
  const rejected = assert.rejects(gymie.make('a'), { name: 'ConnectionError' });
  await server.hear();
  server.socket.terminate();
  await rejected;
  assert.deepEqual([await told.take(), await told.take()], [['error', 'ConnectionError'], ['close', 1006, '']]);
});

test('closing rejects what waits and tells the server why', async (t) => {
  const { gymie, server } = await met(t);
  const rejected = assert.rejects(gymie.make('a'), { name: 'ConnectionClosed' });
  await server.hear();
  await gymie.close(4000, 'enough');
  await rejected;
  assert.equal(await server.closed, 4000);
});

test('a second connection takes the place of the first, and hears nothing twice', async (t) => {
  const { there, gymie, server: first } = await met(t);
  const told = watched(gymie);
  const env = gymie.make('a');
  await answers(first, result({ instance_id: 'a1' }));
  await env;
  for (let again = 0; again < 3; again += 1) {
    await Promise.all([gymie.connect(there.url), there.caller()]);
    assert.equal((await told.take())[0], 'close');
  }
  await assert.rejects((await env).reset(), { name: 'ConnectionClosed' });
  await gymie.close(4001);
  assert.deepEqual(await told.take(), ['close', 4001, '']);
});

test('a connection that comes back after its server did works like the first', async (t) => {
  const { there, gymie, server } = await met(t);
  const told = watched(gymie);
  server.socket.terminate();
  await told.take();
  await told.take();
  const [second] = await Promise.all([there.caller(), gymie.connect(there.url)]);
  const env = gymie.make('a');
  await answers(second, result({ instance_id: 'a1' }));
  assert.equal((await env).instanceId, 'a1');
});

test('closing while connecting ends the attempt', async (t) => {
  const { there } = await met(t);
  const gymie = new Gymie();
  const failed = assert.rejects(gymie.connect(there.url), { name: 'ConnectFailed' });
  await gymie.close();
  await failed;
});

test('an unsolicited message disturbs nothing, before a request and with it', async (t) => {
  const { gymie, server } = await met(t);
  server.say('nobody asked');
  server.say({ id: 99, result: 'early' });
  const listed = gymie.listEnvs();
  const { id } = await server.hear();
  server.say({ id: 98, result: 'another\'s' });
  server.say({ id, result: [] });
  assert.deepEqual(await listed, []);
});

test('an old server\'s whole conversation, literally', async (t) => {
  const { gymie, server } = await met(t, { classic: true });
  const made = gymie.make('CartPole-v1', 7);
  assert.deepEqual(await server.hear(), { method: 'make', params: { env_id: 'CartPole-v1', seed: 7 } });
  server.say('36232452612c4a4282768ae34b8b428b');
  const env = await made;
  const said = async (method, params, reply, call) => {
    const answer = call();
    assert.deepEqual(await server.hear(), { method, params: { instance_id: '36232452612c4a4282768ae34b8b428b', ...params } });
    server.say(reply);
    return answer;
  };
  assert.deepEqual(await said('reset', {}, '[0.1, 0.2, 0.3, 0.4]', () => env.reset()), [0.1, 0.2, 0.3, 0.4]);
  const step = await said('step', { action: 1 }, '[[0.0, 1.0, 2.0, 3.0], 1.0, false, {}]', () => env.step(1));
  assert.deepEqual([...step], [[0, 1, 2, 3], 1, false, {}]);
  assert.deepEqual(await said('action_space', {}, '{"name": "Discrete", "n": 2}', () => env.actionSpace()), { name: 'Discrete', n: 2 });
  const box = '{"name": "Box", "shape": [2], "low": [-4.8, -Infinity], "high": [4.8, Infinity]}';
  assert.deepEqual(
    await said('observation_space', {}, box, () => env.observationSpace()), { name: 'Box', shape: [2], low: [-4.8, -Infinity], high: [4.8, Infinity] },
  );
  assert.equal(await said('action_sample', {}, '0', () => env.actionSample()), 0);
  assert.equal(await said('close', {}, 'true', () => env.close()), true);
});

test('concurrent calls to an old server lose no reply', async (t) => {
  const { gymie, server } = await met(t, { classic: true });
  const envs = Promise.all(['a', 'b', 'c'].map((name) => gymie.make(name)));
  for (let k = 0; k < 3; k += 1) await answers(server, ({ params }) => `id-of-${params.env_id}`);
  assert.deepEqual((await envs).map(({ instanceId }) => instanceId), ['id-of-a', 'id-of-b', 'id-of-c']);
});
