import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, node, transportHere } from '../../../js_client/src/index.js';

/** Puts the transport of a place to work, and names the socket that it opened. */
function opened(place) {
  const used = [];
  class Socket { constructor() { used.push('WebSocket'); } }
  const wx = place.wx && { connectSocket: () => { used.push('wx'); } };
  transportHere({ ...place, ...(place.WebSocket && { WebSocket: Socket }), ...(wx && { wx }) })('ws://x', 'y', {});
  return used;
}

test('WeChat is known by its connectSocket, also where it has a WebSocket for tools', () => {
  assert.deepEqual(opened({ wx: true, WebSocket: true }), ['wx']);
});

test('a page and Node use their WebSocket', () => {
  assert.deepEqual(opened({ WebSocket: true }), ['WebSocket']);
  assert.deepEqual(opened({ WebSocket: true, process: { versions: { node: '24' } } }), ['WebSocket']);
});

test('Node without a WebSocket is told which Node to use', (t) => {
  const own = globalThis.WebSocket;
  t.after(() => { globalThis.WebSocket = own; });
  globalThis.WebSocket = undefined;
  assert.throws(() => transportHere(), /Node v\d+.* has no WebSocket: use Node 22 or newer/);
  assert.throws(() => node(), /use Node 22 or newer/);
  assert.throws(() => browser(), /there is no WebSocket here: hand in a transport/);
});
