import assert from 'node:assert/strict';
import { test } from 'node:test';

import { serve } from '../../js_client/src/index.js';
import { bridge } from './bridge.js';
import { keeping, quiet } from './quiet.js';
import { counter } from './scripted.js';

/** Serves counters to a bridge until the test ends. */
async function served(t, options = {}, open = {}) {
  const there = await bridge(open);
  const here = serve(counter, { url: there.url, log: quiet, ...options });
  t.after(async () => {
    await here.close();
    await there.close();
  });
  return { there, here };
}

test('a game says hello, is welcomed, and plays', async (t) => {
  const { there, here } = await served(t, { instances: 2, token: 'secret', name: 'mine' });
  const game = await there.game();
  await here.ready;
  assert.equal(game.request.headers['sec-websocket-protocol'], 'stepwire.v1');
  assert.deepEqual([game.hello.name, game.hello.instances, game.hello.token], ['mine', 2, 'secret']);
  const state = await game.ask({ type: 'reset', id: 1, instances: [0, 1], seeds: [3, 4] });
  assert.deepEqual(state.observations, [[3, 0], [4, 0]]);
  assert.equal(here.isConnected(), true);
});

test('a game that lost its bridge comes back by itself', async (t) => {
  const log = keeping();
  const { there, here } = await served(t, { log });
  const first = await there.game();
  await here.ready;
  first.socket.terminate();
  const second = await there.game();
  assert.equal(second.hello.name, 'counter');
  assert.deepEqual(await second.ask({ type: 'ping' }), { type: 'pong' });
  assert.match(log.lines[1], /^stepwire: not connected to ws:.* \(closed with code 1006\), trying again in 0\.[12] s$/);
});

test('a game waits for a bridge that is not there yet', async (t) => {
  const { port, close } = await bridge();
  await close();
  const log = keeping();
  const here = serve(counter, { url: `ws://127.0.0.1:${port}`, log });
  t.after(() => here.close());
  while (log.lines.length === 0) await new Promise(setImmediate);
  const there = await bridge({ port });
  t.after(there.close);
  await there.game();
  await here.ready;
});

test('close says bye and ends the connection', async (t) => {
  const { there, here } = await served(t);
  const game = await there.game();
  await here.ready;
  const closed = here.close();
  assert.deepEqual(await game.hear(), { type: 'bye', reason: 'the game was closed' });
  assert.equal(await game.closed, 1000);
  await closed;
  assert.equal(here.isConnected(), false);
  await here.close();
});

test('ready rejects when the game is closed before a bridge answered', async (t) => {
  const { here } = await served(t);
  await here.close();
  await assert.rejects(here.ready, /closed before the bridge answered/);
});

const MISTAKES = [
  [{}, {}, /the game has no observationSpace/],
  [undefined, {}, /the game has no observationSpace/],
  [{ ...counter(), step: undefined }, {}, /the game has no step/],
  [counter(), { instances: 2 }, /several instances need a function that makes a game/],
  [counter, { instances: 0 }, /instances must be 1 or more, got 0/],
  [{ ...counter(), actionSpace: { type: 'Ball' } }, {}, /no such space/],
];

for (const [game, options, message] of MISTAKES) {
  test(`serve refuses at once: ${message.source}`, () => {
    assert.throws(() => serve(game, { url: 'ws://127.0.0.1:1', log: quiet, ...options }), message);
  });
}
