import assert from 'node:assert/strict';
import { test } from 'node:test';

import { serve, wechat } from '../../../js_client/src/index.js';
import snake from '../../../js_client/examples/snake/game.js';
import { bridge, queue } from '../bridge.js';
import { quiet } from '../quiet.js';
import { counter } from '../scripted.js';
import { standInWx } from '../wx.js';

/** A bridge, and what a transport over a stand-in tells. */
async function dialled(t, options = {}) {
  const there = await bridge();
  const wx = standInWx();
  const told = queue();
  const tell = (name) => (...values) => told.put([name, ...values]);
  const open = () => wechat({ wx, ...options })(there.url, 'stepwire.v1', { onOpen: tell('open'), onMessage: tell('message'), onClose: tell('close') });
  t.after(there.close);
  return { there, wx, told, open };
}

test('a WeChat game is a whole environment, binary frames and all', async (t) => {
  const { there, wx } = await dialled(t);
  const here = serve(snake, { url: there.url, instances: 2, transport: wechat({ wx }), log: quiet });
  t.after(() => here.close());
  const game = await there.game();
  const state = await game.ask({ type: 'reset', id: 1, instances: [0, 1], seeds: [1, 2] });
  assert.deepEqual(state.observations.shape, [2, 3, 10, 10]);
});

test('the subprotocol is asked for, and tcpNoDelay only on request', async (t) => {
  const { wx, open, told, there } = await dialled(t);
  open();
  assert.equal((await there.caller()).socket.protocol, 'stepwire.v1');
  assert.deepEqual(await told.take(), ['open']);
  wechat({ wx, tcpNoDelay: true })(there.url, 'stepwire.v1', { onOpen() {}, onMessage() {}, onClose() {} });
  await there.caller();
  assert.deepEqual(wx.calls.map(({ tcpNoDelay }) => tcpNoDelay), [undefined, true]);
});

test('text and bytes go both ways; a view is sent as its own bytes alone', async (t) => {
  const { there, open, told } = await dialled(t);
  const link = open();
  const { socket } = await there.caller();
  assert.deepEqual(await told.take(), ['open']);
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  link.send('word');
  assert.deepEqual(await told.take(), ['message', 'word']);
  link.send(new Uint8Array([1, 2, 3]).subarray(1));
  assert.deepEqual(await told.take(), ['message', new Uint8Array([2, 3]).buffer]);
});

test('the close code and reason come through, once', async (t) => {
  const { there, open, told } = await dialled(t);
  open();
  const { socket } = await there.caller();
  assert.deepEqual(await told.take(), ['open']);
  socket.close(4408, 'SILENT');
  assert.deepEqual(await told.take(), ['close', 4408, 'SILENT']);
});

test('a connection that fails is told as closed, once', async (t) => {
  const there = await bridge();
  await there.close();
  const told = queue();
  wechat({ wx: standInWx() })(there.url, 'stepwire.v1', { onOpen() {}, onMessage() {}, onClose: (code) => told.put(code) });
  assert.equal(await told.take(), 1006);
  // Both the error and the close of the stand-in's socket have been told by the time another one has failed too.
  wechat({ wx: standInWx() })(there.url, 'stepwire.v1', { onOpen() {}, onMessage() {}, onClose: () => told.put('the other') });
  assert.equal(await told.take(), 'the other');
});

test('a sixth socket, which WeChat refuses, is told as closed with the reason', async (t) => {
  const { open, told } = await dialled(t);
  for (let k = 0; k < 5; k += 1) {
    open();
    assert.deepEqual(await told.take(), ['open']);
  }
  open();
  assert.deepEqual(await told.take(), ['close', 1006, 'connectSocket:fail exceed max task count']);
});

test('sending after the connection went is told as closed, not thrown', async (t) => {
  const { open, told } = await dialled(t);
  const link = open();
  link.send('too early');
  assert.match((await told.take()).join(' '), /close 1006 sendSocketMessage:fail/);
});

test('outside WeChat the transport says so', () => {
  assert.throws(() => wechat(), /there is no wx.connectSocket here/);
});

test('a game in WeChat comes back by itself', async (t) => {
  const { there, wx } = await dialled(t);
  const here = serve(counter, { url: there.url, transport: wechat({ wx }), log: quiet });
  t.after(() => here.close());
  (await there.game()).socket.terminate();
  assert.equal((await there.game()).hello.name, 'counter');
});
