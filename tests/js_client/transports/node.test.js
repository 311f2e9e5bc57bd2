import assert from 'node:assert/strict';
import { test } from 'node:test';

import { node, transportHere } from '../../../js_client/src/index.js';
import { bridge } from '../bridge.js';
import { installed } from '../installed.js';

const { WebSocket: OtherSocket } = installed('ws');

test('Node connects with its own WebSocket', async (t) => {
  const there = await bridge();
  t.after(there.close);
  node()(there.url, 'stepwire.v1', { onOpen() {}, onMessage() {}, onClose() {} });
  assert.equal((await there.caller()).socket.protocol, 'stepwire.v1');
});

test('an older Node is told which one to use, or to hand a WebSocket in', async (t) => {
  const own = globalThis.WebSocket;
  t.after(() => { globalThis.WebSocket = own; });
  globalThis.WebSocket = undefined;
  assert.throws(() => node(), /Node v\d+.* has no WebSocket: use Node 22 or newer, or hand one in/);
  assert.throws(() => transportHere(), /use Node 22 or newer/);
  const there = await bridge();
  t.after(there.close);
  node({ WebSocket: OtherSocket })(there.url, 'stepwire.v1', { onOpen() {}, onMessage() {}, onClose() {} });
  assert.equal((await there.caller()).socket.protocol, 'stepwire.v1');
});
