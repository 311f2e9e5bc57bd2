import assert from 'node:assert/strict';
import { test } from 'node:test';

import { kernelWith } from './wx/realms.js';
import { outside } from './wx/outside.js';

function connected(natives = {}) {
  const kernel = kernelWith({}, natives);
  const heard = [];
  const handlers = {
    onOpen: () => heard.push(['open']),
    onMessage: (data) => heard.push(['message', data]),
    onError: (message) => heard.push(['error', message]),
    onClose: (code, reason) => heard.push(['close', code, reason]),
  };
  const link = kernel.sockets.connect('ws://localhost:7891/?a=1', ['json'], handlers);
  return { kernel, link, heard };
}

test('without a network a connection fails in virtual time, and that is noted', () => {
  const { kernel, link, heard } = connected();
  link.send('nobody');
  assert.deepEqual(heard, []);
  kernel.clock.advance();
  assert.deepEqual(heard, [['error', 'the network cannot be reached'], ['close', 1006, '']]);
  assert.deepEqual(kernel.report.summary().network, ['ws://localhost:7891/']);
});

test('what happens outside is told when time goes on, in order', () => {
  const there = outside();
  const { kernel, link, heard } = connected({ connect: there.connect });
  const [socket] = there.sockets;
  socket.handlers.onOpen();
  socket.handlers.onMessage('a');
  socket.handlers.onMessage(Uint8Array.of(1, 2).buffer);
  socket.handlers.onClose(4001, 'bye');
  socket.handlers.onMessage('too late');
  assert.deepEqual(heard, []);
  kernel.clock.advance();
  assert.deepEqual(heard, [['open'], ['message', 'a'], ['message', Uint8Array.of(1, 2).buffer], ['close', 4001, 'bye']]);
  link.send('b');
  link.close(3000, 'done');
  assert.deepEqual([socket.url, socket.protocols, socket.sent, socket.closed], ['ws://localhost:7891/?a=1', ['json'], ['b'], [3000, 'done']]);
});

test('events keep their order although timers that were set deep inside others wait longer', () => {
  const there = outside();
  const { kernel, heard } = connected({ connect: there.connect });
  const [{ handlers }] = there.sockets;
  handlers.onOpen();
  const deep = (depth) => kernel.clock.later(() => (depth === 0 ? handlers.onMessage('first') : deep(depth - 1)));
  deep(6);
  kernel.clock.later(() => handlers.onMessage('second'), 17);
  for (let i = 0; i < 4; i += 1) kernel.clock.advance();
  assert.deepEqual(heard, [['open'], ['message', 'first'], ['message', 'second']]);
});

test('an address that cannot be dialled is an error like any other', () => {
  const { kernel, heard } = connected({ connect() { throw new SyntaxError('no such scheme'); } });
  kernel.clock.advance();
  assert.deepEqual(heard, [['error', 'no such scheme'], ['close', 1006, '']]);
});

test('an exception in a handler is reported and the next event comes', () => {
  const there = outside();
  const kernel = kernelWith({}, { connect: there.connect });
  let messages = 0;
  kernel.sockets.connect('ws://a', [], {
    onOpen() { throw new Error('of the game'); },
    onMessage() { messages += 1; },
  });
  there.sockets[0].handlers.onOpen();
  there.sockets[0].handlers.onMessage('a');
  kernel.clock.advance();
  assert.deepEqual([messages, kernel.report.errorCount()], [1, 1]);
});
