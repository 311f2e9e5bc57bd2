/**
 * Agents and the real server, over a real connection.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { Gymie } from '../../../js_client/agent/index.js';
import { gymieServer } from './server.js';

const address = await gymieServer(after);

/** An agent that is connected until the test ends. */
async function connected(t, options) {
  const gymie = new Gymie();
  t.after(() => gymie.close());
  await gymie.connect(address, options);
  return gymie;
}

/** An episode of CartPole in which the cart is pushed to where the pole falls. */
async function episode(env) {
  const steps = [];
  let state = await env.reset();
  for (let done = false; !done;) {
    const [next, reward, isDone, info] = await env.step(state[2] > 0 ? 1 : 0);
    steps.push([state, reward, isDone, info]);
    [state, done] = [next, isDone];
  }
  return steps;
}

for (const [what, options] of [['', {}], [' as an old one', { classic: true }]]) {
  test(`CartPole is played from Node, with the server${what}, and a seed says which episode`, async (t) => {
    const gymie = await connected(t, options);
    const envs = await Promise.all([0, 0, 1].map((seed) => gymie.make('CartPole-v1', seed)));
    const [one, same, other] = await Promise.all(envs.map(episode));
    assert.deepEqual(one, same);
    assert.notDeepEqual(one[0], other[0]);
    assert.ok(one.length >= 8 && one.length < 200, `${one.length}`);
    assert.deepEqual(await Promise.all(envs.map((env) => env.close())), [true, true, true]);
  });

  test(`spaces come in the old form, with the server${what}`, async (t) => {
    const gymie = await connected(t, options);
    const env = await gymie.make('CartPole-v1');
    assert.deepEqual(await env.actionSpace(), { name: 'Discrete', n: 2 });
    const { name, shape, low, high } = await env.observationSpace();
    assert.deepEqual([name, shape, low[1], high[3]], ['Box', [4], -Infinity, Infinity]);
    assert.ok(Math.abs(high[0] - 4.8) < 1e-6);
    const lake = await gymie.make('FrozenLake-v1');
    assert.deepEqual(await lake.observationSpace(), { name: 'Discrete', n: 16 });
    assert.equal(await lake.reset(), 0);
  });
}

test('both protocols give the same episode', async (t) => {
  const [modern, old] = [await connected(t), await connected(t, { classic: true })];
  const [one, other] = await Promise.all([modern, old].map(async (gymie) => episode(await gymie.make('CartPole-v1', 5))));
  assert.deepEqual(one.map(([state, reward, done]) => [state, reward, done]), other.map(([state, reward, done]) => [state, reward, done]));
});

test('the random agent of the old client\'s guide runs', async (t) => {
  const gymie = await connected(t);
  const env = await gymie.make('CartPole-v1');
  const space = await env.actionSpace();
  const initialState = await env.reset();
  assert.equal(initialState.length, 4);
  let totalReward = 0;
  while (true) {
    const action = await env.actionSample();
    assert.ok(action >= 0 && action < space.n);
    const [nextState, reward, done] = await env.step(action);
    assert.equal(nextState.length, 4);
    totalReward += reward;
    if (done) break;
  }
  assert.ok(totalReward >= 8);
  await env.close();
});

test('the agent of the README plays an episode', async () => {
  const readme = readFileSync(new URL('../../../js_client/README.md', import.meta.url), 'utf8');
  const [, code] = /## Agents.*?```js\n(.*?)```/s.exec(readme);
  const agent = new URL('../../../js_client/agent/index.js', import.meta.url);
  const file = join(mkdtempSync(join(tmpdir(), 'stepwire-')), 'readme.mjs');
  writeFileSync(file, `${code.replace("'stepwire/agent'", `'${agent}'`).replace('ws://127.0.0.1:5000/gym', address)}\nexport { total };`);
  const { total } = await import(pathToFileURL(file));
  assert.ok(total >= 8);
});

test('a reset with a seed, and how an episode ended', async (t) => {
  const gymie = await connected(t);
  const env = await gymie.make('MountainCar-v0', { kwargs: {} });
  const [first, again] = [await env.reset(3), await env.reset({ seed: 3 })];
  assert.deepEqual(first, again);
  let step;
  do step = await env.step(1); while (!step[2]);
  assert.deepEqual([step.terminated, step.truncated], [false, true]);
});

test('a picture is text where that is the mode', async (t) => {
  const gymie = await connected(t);
  const env = await gymie.make('FrozenLake-v1', { renderMode: 'ansi' });
  assert.equal(env.renderMode, 'ansi');
  await env.reset();
  assert.match(await env.render(), /FFF\nFHFH\nFFFH\nHFFG/);
});

test('what is refused says a reason, and the connection goes on', async (t) => {
  const gymie = await connected(t);
  await assert.rejects(gymie.make('NoSuchEnv-v0'), { name: 'RequestFailed', reason: 'UNKNOWN_ENV' });
  const env = await gymie.make('CartPole-v1');
  await assert.rejects(env.step(0), { reason: 'NOT_RESET' });
  await env.reset();
  await assert.rejects(env.step(7), { reason: 'INVALID_ACTION' });
  await env.close();
  await assert.rejects(env.step(0), { reason: 'UNKNOWN_INSTANCE' });
  assert.ok((await gymie.listEnvs()).length > 0);
  assert.equal((await gymie.serverInfo()).protocol, 2);
});

test('what an old server refuses ends the connection, with its words', async (t) => {
  const gymie = await connected(t, { classic: true });
  await assert.rejects(gymie.make('NotFound-v1'), { name: 'ConnectionClosed', message: '[1007] Environment `NotFound-v1` not found' });
  await assert.rejects(gymie.make('CartPole-v1'), { name: 'NoConnected' });
});

test('a server that asks for a token lets in who has it', async (t) => {
  const file = join(mkdtempSync(join(tmpdir(), 'stepwire-')), 'tokens.txt');
  writeFileSync(file, 'a-token-of-some-length-for-tests\n');
  const guarded = await gymieServer(t.after.bind(t), '--token-file', file);
  const gymie = new Gymie();
  t.after(() => gymie.close());
  await assert.rejects(gymie.connect(guarded), { name: 'ConnectFailed' });
  await gymie.connect(guarded, { token: 'a-token-of-some-length-for-tests' });
  assert.equal((await (await gymie.make('CartPole-v1')).reset()).length, 4);
});
