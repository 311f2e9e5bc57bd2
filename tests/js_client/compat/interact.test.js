import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import vm from 'node:vm';

import * as imported from '../../../js_client/compat/interact.mjs';
import { bridge, queue } from '../bridge.js';
import { standInWx } from '../wx.js';

const require = createRequire(import.meta.url);
const FILE = require.resolve('../../../js_client/compat/interact.js');

/** A copy of its own, as every game has one. */
function fresh() {
  delete require.cache[FILE];
  return require(FILE);
}

/** A game that is connected, what it logs, and Python's side of the connection. */
async function connected(t, handlers = {}) {
  const there = await bridge();
  const interact = fresh();
  const lines = queue();
  t.after(async () => {
    interact.closeSocket();
    await there.close();
  });
  interact.openSocket({ log: lines.put, ...handlers });
  interact.connectSocket(`${there.url}/wemi/Game2048`);
  const python = await there.caller();
  assert.match(await lines.take(), /^interact: connected to ws:/);
  return { there, interact, python, lines };
}

const told = ({ done, reward, obs }) => [obs, reward, done];
const step = (action) => ({ action, restart: false });
const RESTART = { action: 5, restart: true };

/** Counts up by its actions; over at 5. */
function counter() {
  let [count, reward] = [0, 0];
  return {
    restart() { [count, reward] = [0, -10]; },
    act(action) { [count, reward] = [count + action, action]; },
    observe: () => ({ obs: [[count]], reward, done: count >= 5 }),
  };
}

test('a game says nothing until it is told something, and answers each message once', async (t) => {
  const { python } = await connected(t, counter());
  assert.equal(python.request.url, '/wemi/Game2048');
  assert.equal(python.request.headers['sec-websocket-protocol'], undefined);
  assert.deepEqual(told(await python.ask(RESTART)), [[[0]], -10, false]);
  assert.deepEqual(told(await python.ask(step(3))), [[[3]], 3, false]);
  assert.deepEqual(told(await python.ask(step(2))), [[[5]], 2, true]);
  assert.deepEqual(told(await python.ask(RESTART)), [[[0]], -10, false]);
});

test('an answer says when it was sent', async (t) => {
  const { python } = await connected(t, counter());
  const before = Date.now();
  const { send_time } = await python.ask(RESTART);
  assert.ok(send_time >= before && send_time <= Date.now());
});

test('a restart that comes with an action is a restart alone', async (t) => {
  const acted = [];
  const { python } = await connected(t, { ...counter(), act: (action) => acted.push(action) });
  await python.ask({ action: 0, restart: true });
  assert.deepEqual(acted, []);
});

test('a game may answer by itself, later', async (t) => {
  const { python } = await connected(t, {
    restart: () => setImmediate(() => interact.socket_send([1, 2], -10, false)),
    act: (action) => setImmediate(() => interact.socket_send([action], 1, true)),
  });
  const interact = require(FILE);
  assert.deepEqual(told(await python.ask(RESTART)), [[1, 2], -10, false]);
  assert.deepEqual(told(await python.ask(step(0.8))), [[0.8], 1, true]);
});

test('a game may give promises', async (t) => {
  const game = counter();
  const { python } = await connected(t, { ...game, act: async (action) => { await null; game.act(action); } });
  assert.deepEqual(told(await python.ask(step(4))), [[[4]], 4, false]);
});

test('messages that overtake an answer wait for it', async (t) => {
  const begun = queue();
  const { python, interact } = await connected(t, { act: begun.put });
  for (const action of [1, 2, 3]) python.say(step(action));
  for (const action of [1, 2, 3]) {
    assert.equal(await begun.take(), action);
    interact.socket_send(action * 10, 0, false);
    assert.deepEqual(told(await python.hear()), [action * 10, 0, false]);
  }
});

test('a second answer to one message is dropped, and so is one that nobody asked for', async (t) => {
  const { python, interact, lines } = await connected(t, { act: (action) => [0, 1].forEach((k) => interact.socket_send(action + k, 0, false)) });
  interact.socket_send('too early', 0, false);
  assert.equal(await lines.take(), 'interact: an answer was dropped: nobody waits for one');
  assert.deepEqual([(await python.ask(step(1))).obs, (await python.ask(step(5))).obs], [1, 5]);
});

test('an answer after the end of the connection is dropped with a line', async (t) => {
  const begun = queue();
  const { python, interact, lines } = await connected(t, { act: begun.put });
  python.say(step(1));
  await begun.take();
  python.socket.terminate();
  assert.match(await lines.take(), /^interact: not connected to ws:.* \(1006\), trying again in 0.25 s$/);
  interact.socket_send(1, 0, false);
  assert.equal(await lines.take(), 'interact: an answer was dropped: there is no connection');
});

test('a game comes back when its connection was lost, and owes nothing', async (t) => {
  const { there, python, interact, lines } = await connected(t, { act() {} });
  python.say(step(1));
  python.socket.terminate();
  const again = await there.caller();
  while (!/connected/.test(await lines.take()));
  interact.openSocket({ ...counter(), log() {} });
  assert.deepEqual(told(await again.ask(RESTART)), [[[0]], -10, false]);
});

test('a game waits for a Python that is not there yet', async (t) => {
  const { port, close } = await bridge();
  await close();
  const interact = fresh();
  const lines = queue();
  t.after(() => interact.closeSocket());
  interact.openSocket({ ...counter(), log: lines.put });
  interact.connectSocket(`ws://127.0.0.1:${port}`);
  await lines.take();
  const there = await bridge({ port });
  t.after(there.close);
  const python = await there.caller();
  assert.deepEqual((await python.ask(RESTART)).obs, [[0]]);
});

test('a game that raises ends the connection, which says so to whoever waits, and comes back', async (t) => {
  const { there, python, lines } = await connected(t, { act() { throw new Error('no such tile'); } });
  python.say(step(1));
  assert.equal(await python.closed, 4500);
  assert.match(await lines.take(), /^interact: the game failed: Error: no such tile/);
  await there.caller();
});

test('a promise that fails is the same', async (t) => {
  const { python } = await connected(t, { act: () => Promise.reject(new Error('no such tile')) });
  python.say(step(1));
  assert.equal(await python.closed, 4500);
});

test('what is no message is told and changes nothing', async (t) => {
  const { python, lines } = await connected(t, counter());
  for (const text of ['nonsense', '3', 'null']) {
    python.say(text);
    assert.equal(await lines.take(), `interact: no message: ${text}`);
  }
  assert.deepEqual((await python.ask(RESTART)).obs, [[0]]);
});

test('a whole message may be sent as an object, and typed arrays as lists', async (t) => {
  const { python, interact } = await connected(t, {
    restart: () => interact.socket_send({ obs: Float32Array.of(0.5, 1), reward: 1, status: false }),
    act: () => interact.socket_send(Int16Array.of(1, 2)),
  });
  const { obs, reward, status } = await python.ask(RESTART);
  assert.deepEqual([obs, reward, status], [[0.5, 1], 1, false]);
  assert.deepEqual(told(await python.ask(step(1))), [[1, 2], 0, false]);
});

test('the author learns when the connection comes and goes', async (t) => {
  const heard = queue();
  const { interact } = await connected(t, { onOpen: () => heard.put('open'), onClose: () => heard.put('close') });
  interact.closeSocket();
  assert.deepEqual([await heard.take(), await heard.take()], ['open', 'close']);
});

test('closing is for good', async (t) => {
  const { python, interact, lines } = await connected(t);
  interact.closeSocket();
  interact.closeSocket();
  assert.equal(await python.closed, 1000);
  interact.socket_send(1);
  assert.equal(await lines.take(), 'interact: an answer was dropped: there is no connection');
});

test('dialling again takes the place of the connection that was', async (t) => {
  const { there, python, interact } = await connected(t, counter());
  interact.connectSoket(there.url);
  const again = await there.caller();
  assert.equal(await python.closed, 1000);
  assert.deepEqual((await again.ask(RESTART)).obs, [[0]]);
});

test('in WeChat it goes over wx, and comes back there too', async (t) => {
  globalThis.wx = standInWx();
  t.after(() => { delete globalThis.wx; });
  const { there, python } = await connected(t, counter());
  assert.equal(globalThis.wx.calls.length, 1);
  assert.deepEqual(told(await python.ask(RESTART)), [[[0]], -10, false]);
  python.socket.terminate();
  assert.deepEqual(told(await (await there.caller()).ask(step(2))), [[[2]], 2, false]);
});

test('in a mini-program wx is a name of the module, and no global', async (t) => {
  const there = await bridge();
  const wx = standInWx();
  const module = { exports: {} };
  vm.compileFunction(readFileSync(FILE, 'utf8'), ['module', 'wx'])(module, wx);
  t.after(async () => {
    module.exports.closeSocket();
    await there.close();
  });
  module.exports.openSocket({ ...counter(), log() {} });
  module.exports.connectSocket(there.url);
  assert.deepEqual((await (await there.caller()).ask(RESTART)).obs, [[0]]);
  assert.equal(wx.calls.length, 1);
});

test('a WeChat with all its sockets in use is asked again', async (t) => {
  const wx = standInWx();
  const there = await bridge();
  globalThis.wx = wx;
  const others = Array.from({ length: 5 }, () => wx.connectSocket({ url: there.url }));
  const callers = await Promise.all(others.map(() => there.caller()));
  const interact = fresh();
  t.after(async () => {
    interact.closeSocket();
    delete globalThis.wx;
    await there.close();
  });
  const lines = queue();
  interact.openSocket({ log: lines.put });
  interact.connectSocket(there.url);
  assert.match(await lines.take(), /exceed max task count\), trying again/);
  callers[0].socket.close();
  await there.caller();
});

test('where nothing can connect that is said', (t) => {
  const own = globalThis.WebSocket;
  t.after(() => { globalThis.WebSocket = own; });
  delete globalThis.WebSocket;
  assert.throws(() => fresh().connectSocket('ws://127.0.0.1:7891'), /neither wx nor WebSocket here/);
});

const NAMES = ['closeSocket', 'connectSocket', 'connectSoket', 'openSocket', 'socket_send'];

test('it is the same by require, by import, and by import of the module for pages', async () => {
  const names = ({ default: _, 'module.exports': __, ...rest }) => Object.keys(rest).sort();
  assert.deepEqual(names(fresh()), NAMES);
  assert.deepEqual(names(await import('../../../js_client/compat/interact.js')), NAMES);
  assert.deepEqual(names(imported), NAMES);
});

test('a page that loads it as a script finds it under one name, and no other', () => {
  const page = vm.createContext({});
  vm.runInContext(readFileSync(FILE, 'utf8'), page);
  assert.deepEqual(Object.keys(page), ['stepwireInteract']);
  assert.deepEqual(Object.keys(page.stepwireInteract).sort(), NAMES);
});

test('the functions need no `this`, so that they can be spread into a page of a mini-program', async (t) => {
  const there = await bridge();
  const { connectSocket, openSocket, closeSocket } = fresh();
  t.after(async () => {
    closeSocket();
    await there.close();
  });
  openSocket({ ...counter(), log() {} });
  connectSocket(there.url);
  assert.deepEqual((await (await there.caller()).ask(RESTART)).obs, [[0]]);
});
