import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser } from '../../../js_client/src/index.js';
import { bridge } from '../bridge.js';

test('a page connects with its own WebSocket', async (t) => {
  const there = await bridge();
  t.after(there.close);
  browser()(there.url, 'stepwire.v1', { onOpen() {}, onMessage() {}, onClose() {} });
  assert.equal((await there.caller()).socket.protocol, 'stepwire.v1');
});

test('where there is no WebSocket the transport says what to do', (t) => {
  const own = globalThis.WebSocket;
  t.after(() => { globalThis.WebSocket = own; });
  globalThis.WebSocket = undefined;
  assert.throws(() => browser(), /there is no WebSocket here: hand in a transport/);
});
