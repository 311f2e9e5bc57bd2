import assert from 'node:assert/strict';
import { test } from 'node:test';

import { node, transportHere } from '../../../js_client/src/index.js';
import { bridge } from '../bridge.js';
import { installed } from '../installed.js';

const { WebSocket: OtherSocket } = installed('ws');
const HANDLERS = { onOpen() {}, onMessage() {}, onClose() {} };

/** An older Node, which does not give its modules to whoever asks. */
const OLDER = { version: 'v20.9.0', versions: { node: '20.9.0' } };

for (const [what, place] of [
  ['its own sockets', undefined], ['its own WebSocket where it has no more to give', { process: OLDER }], ['a WebSocket handed in', { WebSocket: OtherSocket }],
]) {
  test(`Node connects with ${what}`, async (t) => {
    const there = await bridge();
    t.after(there.close);
    node(place)(there.url, 'stepwire.v1', HANDLERS);
    assert.equal((await there.caller()).socket.protocol, 'stepwire.v1');
  });
}

test('an older Node is told which one to use, or to hand a WebSocket in', (t) => {
  const own = globalThis.WebSocket;
  t.after(() => { globalThis.WebSocket = own; });
  globalThis.WebSocket = undefined;
  assert.throws(() => node({ process: OLDER }), /Node v20.9.0 has no WebSocket: use Node 22 or newer, or hand one in/);
  assert.throws(() => transportHere({ process: OLDER }), /use Node 22 or newer/);
});
