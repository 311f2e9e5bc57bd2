import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';

import { connect } from '../../js_client/src/connection.js';
import { hello } from '../../js_client/src/conversation.js';
import { node } from '../../js_client/src/index.js';
import { performer } from '../../js_client/src/instances.js';
import { bridge, queue, WELCOME } from './bridge.js';
import { quiet } from './quiet.js';
import { counter } from './scripted.js';

/** A connection of one game, and what it tells. */
function connected(t, url, { game = counter(), transport = node() } = {}) {
  const told = queue();
  const here = connect(
    { url, transport, greeting: hello(game, { name: 'counter', instances: 1 }), perform: performer([game], () => {}), log: quiet },
    { onWelcome: () => told.put('welcome'), onEnd: (reason) => told.put(reason) },
  );
  t.after(() => here.farewell());
  return { here, told };
}

async function bridged(t, options) {
  const there = await bridge();
  t.after(there.close);
  return { there, ...connected(t, there.url, options) };
}

const IMPATIENT = { ...WELCOME, limits: { heartbeat_seconds: 0.02, silence_seconds: 0.1 } };

test('a connection says hello, is welcomed, and tells its end', async (t) => {
  const { there, told } = await bridged(t);
  const game = await there.game();
  assert.equal(await told.take(), 'welcome');
  game.socket.close(1002, 'BAD_HELLO');
  assert.equal(await told.take(), 'BAD_HELLO');
});

test('a connection that never opened tells its end too', async (t) => {
  const there = await bridge();
  await there.close();
  const { told } = connected(t, there.url);
  assert.equal(await told.take(), 'closed with code 1006');
});

test('a farewell does not wait for long on a bridge that never answers', async (t) => {
  const silent = net.createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  t.after(() => silent.close());
  const { here } = connected(t, `ws://127.0.0.1:${silent.address().port}`);
  await once(silent, 'connection');
  await here.farewell();
});

test('a connection on which nothing is heard is closed', async (t) => {
  const { there, told } = await bridged(t);
  const game = await there.game(IMPATIENT);
  assert.equal(await told.take(), 'welcome');
  assert.equal(await told.take(), 'nothing heard for 0.1 s');
  assert.equal(await game.closed, 4408);
});

test('a half-open connection is given up, though it never closes', async (t) => {
  const transport = (url, subprotocol, { onOpen, onMessage }) => {
    setImmediate(() => {
      onOpen();
      onMessage(JSON.stringify(IMPATIENT));
    });
    return { send() {}, close() {} };
  };
  const { told } = connected(t, 'ws://nowhere', { transport });
  assert.equal(await told.take(), 'welcome');
  assert.equal(await told.take(), 'nothing heard for 0.1 s');
});

test('a game that computes for long is not silent, and has all the time again afterwards', async (t) => {
  const slow = Promise.withResolvers();
  const { there, told } = await bridged(t, { game: { ...counter(), reset: () => slow.promise } });
  const game = await there.game({ ...WELCOME, limits: { heartbeat_seconds: 0.02, silence_seconds: 0.5 } });
  assert.equal(await told.take(), 'welcome');
  const state = game.ask({ type: 'reset', id: 1, instances: [0], seeds: [1] });
  setTimeout(slow.resolve, 700, [1, 0]);
  assert.equal((await state).type, 'state');
  assert.deepEqual(await game.ask({ type: 'ping' }), { type: 'pong' });
});
