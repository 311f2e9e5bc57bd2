import assert from 'node:assert/strict';
import { test } from 'node:test';

import { gameAddress, serveByMessages } from '../../../js_client/host/message-clock.js';
import { bridge } from '../bridge.js';
import { keeping } from '../quiet.js';
import { clocked, DESCRIPTION } from './clocked.js';

const ADDRESSES = [
  ['ws://127.0.0.1:7891', 'game', undefined, 'ws://127.0.0.1:7891/wemi/game'],
  ['ws://127.0.0.1:7891/', 'a b/ü(1)', undefined, 'ws://127.0.0.1:7891/wemi/a%20b%2F%C3%BC%281%29'],
  ['wss://host/bridge?host=x', 'game', 's&cret', 'wss://host/bridge/wemi/game?host=x&token=s%26cret'],
];

for (const [url, name, token, address] of ADDRESSES) {
  test(`${name} is expected at ${address}`, () => assert.equal(gameAddress(url, name, token), address));
}

async function served(t, options = {}) {
  const there = await bridge();
  const log = keeping();
  const { made, makeGame } = clocked();
  const serving = serveByMessages({ makeGame, description: DESCRIPTION, url: there.url, log, seed: 10, ...options });
  t.after(async () => {
    await serving.close();
    await there.close();
  });
  return { there, log, made, serving };
}

test('every instance has a connection and a seed of its own; then the game is ready', async (t) => {
  const { there, serving, made, log } = await served(t, { instances: 3, token: 'secret' });
  const callers = await Promise.all([there.caller(), there.caller(), there.caller()]);
  await serving.ready;
  assert.ok(serving.isConnected());
  assert.deepEqual(callers.map(({ request }) => request.url), Array(3).fill('/wemi/own%20game?token=secret'));
  assert.deepEqual(made.map(({ seed }) => seed), [10, 11, 12]);
  assert.deepEqual(log.lines, [`stepwire: ready: own game, 3 instances, at ${there.url}`]);
});

test('after the end of its connection an instance comes back with a fresh realm, and its neighbours go on', async (t) => {
  const { there, made, log } = await served(t, { instances: 2 });
  const [first, second] = [await there.caller(), await there.caller()];
  await first.ask('1');
  first.socket.terminate();
  const again = await there.caller();
  assert.equal(await again.ask('2'), 2);
  assert.equal(await second.ask('3'), 3);
  assert.deepEqual(made.map(({ isDisposed }) => isDisposed).sort(), [false, false, true]);
  assert.equal(made[2].seed, 12);
  assert.match(log.lines.find((line) => line.includes('anew')), /^stepwire: own game: its connection was closed \(1006\); beginning anew in 0\.\d s$/);
});

test('close ends the connections as one does, and nothing comes back', async (t) => {
  const { there, serving, made } = await served(t);
  const caller = await there.caller();
  await serving.ready;
  await serving.close();
  assert.equal(await caller.closed, 1000);
  assert.ok(made[0].isDisposed);
  await serving.close();
});

test('closed before the bridge has answered, it never becomes ready', async (t) => {
  const { serving } = await served(t, { url: 'ws://127.0.0.1:1' });
  await serving.close();
  await assert.rejects(serving.ready, /closed before the bridge answered/);
  assert.equal(serving.isConnected(), false);
});
