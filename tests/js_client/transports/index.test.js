import assert from 'node:assert/strict';
import { test } from 'node:test';

import { transportHere } from '../../../js_client/src/index.js';

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
