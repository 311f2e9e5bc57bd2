import assert from 'node:assert/strict';
import { test } from 'node:test';

import { standard } from '../../../js_client/src/transports/standard.js';
import { bridge, queue } from '../bridge.js';

test('text and bytes go both ways, and the end is told with its code', async (t) => {
  const there = await bridge();
  t.after(there.close);
  const told = queue();
  const tell = (name) => (...values) => told.put([name, ...values]);
  const link = standard(WebSocket)(there.url, 'stepwire.v1', { onOpen: tell('open'), onMessage: tell('message'), onClose: tell('close') });
  const { socket } = await there.caller();
  assert.deepEqual(await told.take(), ['open']);
  assert.equal(socket.protocol, 'stepwire.v1');
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  link.send('word');
  assert.deepEqual(await told.take(), ['message', 'word']);
  link.send(new Uint8Array([1, 2, 3]).subarray(1));
  assert.deepEqual(await told.take(), ['message', new Uint8Array([2, 3]).buffer]);
  link.close(1000, 'bye');
  link.close(1000, 'bye');
  assert.deepEqual(await told.take(), ['close', 1000, 'bye']);
});
