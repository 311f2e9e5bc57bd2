import assert from 'node:assert/strict';
import { test } from 'node:test';

import { liveByMessages } from '../../../js_client/host/message-life.js';
import { statistics } from '../../../js_client/host/statistics.js';
import { bridge, queue } from '../bridge.js';
import { keeping } from '../quiet.js';
import { clocked, DESCRIPTION } from './clocked.js';

/** A life at a bridge of the test's own. */
async function living(t, how = {}, makeGame = undefined) {
  const there = await bridge();
  const log = keeping();
  const ends = queue();
  const game = clocked(how);
  const settings = { makeGame: makeGame ?? ((connect) => game.makeGame({ seed: 0, connect })), description: DESCRIPTION, address: `${there.url}/wemi/own`, log };
  const opened = queue();
  const life = liveByMessages(settings, { onOpen: () => opened.put(true), onHeard() {}, onEnd: (reason) => ends.put(reason) });
  t.after(async () => {
    await life.close();
    await there.close();
  });
  return { there, log, ends: ends.take, opened: opened.take, made: game.made, life };
}

test('whatever the game dials, the bridge is called', async (t) => {
  const { there, opened, made } = await living(t);
  const caller = await there.caller();
  assert.equal(caller.request.url, '/wemi/own');
  await opened();
  assert.deepEqual([made[0].events, made[0].frames], [['open'], 4]);
});

test('a message is delivered, so many frames pass, and the answer goes out', async (t) => {
  const { there, made } = await living(t);
  const caller = await there.caller();
  assert.equal(await caller.ask('7'), 7);
  assert.deepEqual(made[0].events, ['open', ['message', '7', 4]]);
  assert.equal(made[0].frames, 8);
});

test('time goes on until the game has answered', async (t) => {
  const { there, made } = await living(t, { delay: 11 });
  const caller = await there.caller();
  await caller.ask('7');
  assert.equal(made[0].frames, 4 + 11);
});

test('a game that does not answer is told of, and goes on', async (t) => {
  const { there, log, made } = await living(t, { answer: (data) => (data === '"say"' ? '"said"' : undefined) });
  const caller = await there.caller();
  caller.say('"hush"');
  assert.equal(await caller.ask('"say"'), 'said');
  assert.deepEqual(log.lines, ['stepwire: own game: no answer in 20 frames to "hush"']);
  assert.equal(made[0].frames, 4 + 20 + 4);
});

test('a game that dials late is waited for', async (t) => {
  const { there, made } = await living(t, { dials: 15 });
  await there.caller();
  assert.equal(made[0].frames, 15);
});

test('a game that dials nobody ends', async (t) => {
  const { ends, made } = await living(t, { dials: 21 });
  assert.equal(await ends(), 'it dialled nobody in 20 frames');
  assert.ok(made[0].isDisposed);
});

test('the end of the connection is the end of the realm', async (t) => {
  const { there, ends, made } = await living(t);
  const caller = await there.caller();
  caller.socket.close(4000, 'enough');
  assert.equal(await ends(), 'its connection was closed (4000 enough)');
  assert.ok(made[0].isDisposed);
});

test('a game that closes its connection ends', async (t) => {
  const { there, ends } = await living(t, { answer: (_, game) => void game.link.close(1001, 'no more') });
  const caller = await there.caller();
  caller.say('1');
  assert.match(await ends(), /^its connection was closed/);
  assert.equal(await caller.closed, 1000);
});

test('more errors than are put up with end it', async (t) => {
  const faults = statistics.faults;
  const { there, ends } = await living(t, { answer: (_, game) => { game.faults = 3; } });
  const caller = await there.caller();
  caller.say('1');
  assert.equal(await ends(), '3 errors that nobody caught');
  assert.equal(statistics.faults, faults + 1);
});

test('a game that loops for ever is stopped', async (t) => {
  const { there, ends } = await living(t, { answer() { for (;;); } });
  const caller = await there.caller();
  caller.say('1');
  assert.equal(await ends(), 'it ran for more than 0.5 s');
});

test('a game that cannot be loaded ends with the reason, after the life has begun', async (t) => {
  const { ends, life } = await living(t, {}, () => { throw new Error('no game.js'); });
  assert.ok(life);
  assert.equal(await ends(), 'Error: no game.js');
});

test('a second connection of the same game is refused', async (t) => {
  const second = [];
  const game = clocked();
  const { there } = await living(t, {}, (connect) => {
    const made = game.makeGame({ seed: 0, connect });
    connect('ws://elsewhere', [], { onError: (message) => second.push(message), onClose: (code) => second.push(code) }).send('x');
    return made;
  });
  await there.caller();
  assert.deepEqual(second, ['there is one connection already', 1006]);
});

test('restarts are counted as episodes, all else as steps', async (t) => {
  const { there } = await living(t);
  const caller = await there.caller();
  const { steps, episodes } = statistics;
  await caller.ask({ action: 5, restart: true });
  await caller.ask({ action: 1, restart: false });
  await caller.ask({ action: 2, restart: false });
  assert.deepEqual([statistics.steps - steps, statistics.episodes - episodes], [2, 1]);
});
