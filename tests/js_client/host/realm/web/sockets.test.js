import assert from 'node:assert/strict';
import { test } from 'node:test';

import { WebSocket } from '../../../../../js_client/host/realm/web/sockets.js';
import { outside } from '../wx/outside.js';
import { arrived, listening } from './arrived.js';

function opened() {
  const there = outside();
  const page = arrived({}, { connect: there.connect });
  const socket = new WebSocket('ws://localhost:1/', 'json');
  const heard = listening(socket, 'open message error close');
  const [{ handlers, ...dialled }] = there.sockets;
  handlers.onOpen();
  page.kernel.clock.advance();
  return { ...page, socket, heard, handlers, there: there.sockets[0], dialled };
}

test('a socket opens, speaks and hears', () => {
  const { kernel, socket, heard, handlers, there } = opened();
  assert.deepEqual([socket.readyState, heard.types, there.protocols], [WebSocket.OPEN, ['open'], ['json']]);
  socket.send('hello');
  handlers.onMessage('hi');
  kernel.clock.advance();
  assert.deepEqual([there.sent, heard.events[1].data], [['hello'], 'hi']);
});

for (const [binaryType, kind] of [['arraybuffer', 'ArrayBuffer'], ['blob', 'Blob']]) {
  test(`bytes come as ${kind} when the binary type is ${binaryType}`, () => {
    const { kernel, socket, heard, handlers } = opened();
    socket.binaryType = binaryType;
    handlers.onMessage(Uint8Array.of(1, 2).buffer);
    kernel.clock.advance();
    assert.equal(heard.events[1].data.constructor.name, kind);
  });
}

test('a socket that is closed says how', () => {
  const { kernel, socket, heard } = opened();
  socket.close(3000, 'done');
  assert.equal(socket.readyState, WebSocket.CLOSING);
  kernel.clock.advance();
  const { code, reason, wasClean } = heard.events[1];
  assert.deepEqual([code, reason, wasClean, socket.readyState], [3000, 'done', true, WebSocket.CLOSED]);
});

test('without a network a socket fails and closes', () => {
  const { kernel, notes } = arrived();
  const socket = new WebSocket('wss://far.example/?key=1');
  const heard = listening(socket, 'open error close');
  assert.throws(() => socket.send('early'), { name: 'InvalidStateError' });
  kernel.clock.advance();
  assert.deepEqual([heard.types, heard.events[1].code, socket.readyState], [['error', 'close'], 1006, 3]);
  assert.deepEqual(notes('network'), ['wss://far.example/']);
});

test('an address of another kind is refused', () => {
  arrived();
  assert.throws(() => new WebSocket('ftp://far.example'), { name: 'SyntaxError' });
});
