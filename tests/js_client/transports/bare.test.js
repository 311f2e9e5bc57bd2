import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { test } from 'node:test';
import tls from 'node:tls';

import { bare } from '../../../js_client/src/transports/bare.js';
import { bridge, queue } from '../bridge.js';
import { installed } from '../installed.js';

const { WebSocketServer } = installed('ws');
const MODULES = { net, tls, crypto };

/** A link, and what its transport tells. */
function dialled(url, modules = MODULES) {
  const told = queue();
  const tell = (name) => (...values) => told.put([name, ...values]);
  const link = bare(modules)(url, 'stepwire.v1', { onOpen: tell('open'), onMessage: tell('message'), onClose: tell('close') });
  return { link, told };
}

/** A link that is open, and the other side's socket. */
async function opened(t) {
  const there = await bridge();
  t.after(there.close);
  const { link, told } = dialled(there.url);
  const { socket, request } = await there.caller();
  assert.deepEqual(await told.take(), ['open']);
  return { link, told, socket, request };
}

/** A server that answers a handshake with these lines, and leaves. */
async function answering(t, respond) {
  const server = http.createServer();
  server.on('upgrade', (request, socket) => socket.end(respond(request).join('\r\n'), 'latin1'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return `ws://127.0.0.1:${server.address().port}`;
}

const accepted = ({ headers }) => crypto.createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

test('text and bytes of any size go both ways', async (t) => {
  const { link, told, socket } = await opened(t);
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  for (const size of [0, 1, 200, 100_000, 3_000_000]) {
    link.send('ü'.repeat(size));
    assert.deepEqual(await told.take(), ['message', 'ü'.repeat(size)]);
    const bytes = crypto.randomBytes(size);
    link.send(bytes);
    const [, got] = await told.take();
    assert.ok(got instanceof ArrayBuffer && Buffer.from(got).equals(bytes), `${size} bytes`);
  }
});

test('path and query are asked for', async (t) => {
  const there = await bridge();
  t.after(there.close);
  dialled(`${there.url}/wemi/x?token=y`);
  assert.equal((await there.caller()).request.url, '/wemi/x?token=y');
});

test('fragments make one message, and a ping between them is answered', async (t) => {
  const { told, socket } = await opened(t);
  const pong = once(socket, 'pong');
  socket.send('one', { fin: false });
  socket.ping('?');
  socket.send(', two', { fin: false });
  socket.send('', { fin: true });
  assert.deepEqual(await told.take(), ['message', 'one, two']);
  assert.equal(String(await pong), '?');
});

test('both may close, and each hears the other out', async (t) => {
  const { link, told, socket } = await opened(t);
  const closed = once(socket, 'close');
  link.close(1000, 'bye');
  link.close(1000, 'bye');
  link.send('late');
  assert.deepEqual(await told.take(), ['close', 1000, 'bye']);
  assert.deepEqual((await closed).map(String), ['1000', 'bye']);

  const other = await opened(t);
  other.socket.close(4408, 'SILENT');
  assert.deepEqual(await other.told.take(), ['close', 4408, 'SILENT']);
  const silent = await opened(t);
  silent.socket.close();
  assert.deepEqual(await silent.told.take(), ['close', 1005, '']);
});

test('a connection that is cut is told as closed', async (t) => {
  const { told, socket } = await opened(t);
  socket.terminate();
  assert.deepEqual(await told.take(), ['close', 1006, '']);
});

test('a connection that nobody takes is told as closed', async () => {
  const there = await bridge();
  await there.close();
  assert.deepEqual(await dialled(there.url).told.take(), ['close', 1006, '']);
});

test('a connection may be closed before it is open', async (t) => {
  const server = net.createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { link, told } = dialled(`ws://127.0.0.1:${server.address().port}`);
  await once(server, 'connection');
  link.close(1000, 'never mind');
  assert.deepEqual(await told.take(), ['close', 1006, '']);
});

const REFUSALS = [
  ['a refusal with its reason', () => ['HTTP/1.1 403 Forbidden', '', 'pages of x may not connect\nor so'], 'pages of x may not connect'],
  ['a refusal without words', () => ['HTTP/1.1 404 Not Found', '', ''], 'the answer was HTTP/1.1 404 Not Found'],
  [
    'an answer to another question',
    () => ['HTTP/1.1 101 Yes', 'Sec-WebSocket-Accept: no', 'Sec-WebSocket-Protocol: stepwire.v1', '', ''], 'the answer was HTTP/1.1 101 Yes',
  ],
  [
    'another subprotocol',
    (request) => ['HTTP/1.1 101 Yes', `Sec-WebSocket-Accept: ${accepted(request)}`, '', ''], 'the answer was HTTP/1.1 101 Yes',
  ],
  ['an answer without end', () => [`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(5000)}`], ''],
];

for (const [what, respond, reason] of REFUSALS) {
  test(`${what} is told as closed`, async (t) => {
    assert.deepEqual(await dialled(await answering(t, respond)).told.take(), ['close', 1006, reason]);
  });
}

test('what follows the handshake in one segment is heard', async (t) => {
  const url = await answering(t, (request) => [
    'HTTP/1.1 101 Yes', `Sec-WebSocket-Accept: ${accepted(request)}`, 'sec-websocket-protocol:stepwire.v1', '', '\x81\x02hi',
  ]);
  const { told } = dialled(url);
  assert.deepEqual([await told.take(), await told.take()], [['open'], ['message', 'hi']]);
});

test('what is no frame closes the connection with 1002', async (t) => {
  for (const nonsense of [Buffer.from([0xc1, 0]), Buffer.from([0x80, 0]), Buffer.from([0x01, 0, 0x81, 0])]) {
    const { told, socket } = await opened(t);
    const closed = once(socket, 'close');
    socket._socket.write(nonsense);
    assert.equal((await closed)[0], 1002);
    assert.equal((await told.take())[1], 1006);
  }
});

test('wss: goes over TLS', async (t) => {
  const secret = { psk: Buffer.alloc(16, 1), identity: 'game' };
  const options = { ciphers: 'PSK-AES128-CBC-SHA256', maxVersion: 'TLSv1.2' };
  const secure = tls.createServer({ ...options, pskCallback: () => secret.psk });
  const server = new WebSocketServer({ noServer: true });
  const plain = http.createServer();
  plain.on('upgrade', (request, socket, head) => server.handleUpgrade(request, socket, head, (end) => end.send('safe')));
  secure.on('secureConnection', (socket) => plain.emit('connection', socket));
  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
  t.after(() => secure.close());
  const connect = (to) => tls.connect({ ...to, ...options, pskCallback: () => secret, checkServerIdentity: () => undefined });
  const { link, told } = dialled(`wss://127.0.0.1:${secure.address().port}`, { net, crypto, tls: { connect } });
  assert.deepEqual([await told.take(), await told.take()], [['open'], ['message', 'safe']]);
  link.close(1000, 'bye');
  assert.deepEqual(await told.take(), ['close', 1000, 'bye']);
});

test('only WebSockets are dialled', () => {
  assert.throws(() => dialled('http://127.0.0.1'), SyntaxError);
  assert.throws(() => dialled('nowhere'), TypeError);
});
