import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';

import { dialled, socketUrl } from '../../../js_client/agent/link.js';
import { bridge, queue } from '../bridge.js';
import { installed } from '../installed.js';

const { WebSocketServer } = installed('ws');

/** A link that keeps what it tells. */
function kept(url, protocols = ['gymie.v2'], timeout = 5000) {
  const told = queue();
  const link = dialled(url, protocols, timeout, {
    onMessage: (text) => told.put(['message', text]),
    onError: (error) => told.put(['error', error]),
    onEnd: (...how) => told.put(['end', ...how]),
  });
  return { link, told };
}

/** A kept link that is open, and the server's side of it. */
async function joined(t) {
  const there = await bridge();
  t.after(there.close);
  const { link, told } = kept(there.url);
  const server = await there.caller();
  await link.opened;
  return { link, told, server };
}

for (const [address, token, url] of [
  ['ws://127.0.0.1:5000/gym', undefined, 'ws://127.0.0.1:5000/gym'],
  ['http://127.0.0.1:5000/gym', undefined, 'ws://127.0.0.1:5000/gym'],
  ['https://there/gym', undefined, 'wss://there/gym'],
  ['ws://127.0.0.1:5000', undefined, 'ws://127.0.0.1:5000/gym'],
  ['http://127.0.0.1:5000/', 'a b&c', 'ws://127.0.0.1:5000/gym?token=a+b%26c'],
  ['ws://there/games/gym?v=2', 'secret', 'ws://there/games/gym?v=2&token=secret'],
]) {
  test(`${address} means ${url}`, () => assert.equal(socketUrl(address, token), url));
}

test('an address may be a URL', () => assert.equal(socketUrl(new URL('http://there:5000')), 'ws://there:5000/gym'));

for (const address of ['nowhere', 'localhost:5000', '127.0.0.1:5000', 'ftp://there/', 'ws://', undefined]) {
  test(`${address} is no address, and is told what one is`, () => {
    assert.throws(() => socketUrl(address), { name: 'ConnectFailed', message: `no address: ${address}, expected one like ws://127.0.0.1:5000/gym` });
  });
}

test('what is no address is no connection', () => {
  assert.throws(() => dialled('ftp://there/', [], 5000, {}), { name: 'ConnectFailed' });
});

test('a place without WebSocket is told so', (t) => {
  const own = globalThis.WebSocket;
  t.after(() => { globalThis.WebSocket = own; });
  delete globalThis.WebSocket;
  assert.throws(() => dialled('ws://127.0.0.1:5000/gym', [], 5000, {}), { name: 'ConnectFailed', message: /Node has one from version 22 on/ });
});

test('text goes both ways, and bytes are no message', async (t) => {
  const { link, told, server } = await joined(t);
  assert.equal(server.request.url, '/');
  assert.equal(server.socket.protocol, 'gymie.v2');
  link.send('{"id":1}');
  assert.deepEqual(await server.hear(), { id: 1 });
  server.socket.send(Buffer.of(1, 2));
  server.say('hello');
  assert.deepEqual(await told.take(), ['message', 'hello']);
});

test('a server that is not there is no connection, and its address is said without the token', async () => {
  const { link } = kept('ws://127.0.0.1:1/gym?token=secret', []);
  await assert.rejects(link.opened, { name: 'ConnectFailed', message: 'no connection to ws://127.0.0.1:1/gym: nobody answers there, or the server refuses, as it does without its token; its log says why' });
});

test('a link that is closed before it is open says so', async (t) => {
  const there = await bridge();
  t.after(there.close);
  const { link } = kept(there.url);
  const refused = assert.rejects(link.opened, { name: 'ConnectFailed', message: /: it was closed before it was open$/ });
  await link.close();
  await refused;
});

for (const [what, Socket] of [
  ['where the WebSocket refuses that', WebSocket], ['where it does not', class extends WebSocket { constructor(url) { super(url); } }],
]) {
  test(`a server that does not choose the protocol is no connection, ${what}`, async (t) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => false });
    await once(server, 'listening');
    const own = globalThis.WebSocket;
    globalThis.WebSocket = Socket;
    t.after(() => {
      globalThis.WebSocket = own;
      server.close();
    });
    const { link } = kept(`ws://127.0.0.1:${server.address().port}`);
    await assert.rejects(link.opened, { name: 'ConnectFailed', message: /an old gymie server needs \{classic: true\}/ });
    await link.close();
  });
}

test('a server that takes too long is no connection', async (t) => {
  const server = net.createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { link } = kept(`ws://127.0.0.1:${server.address().port}`, [], 50);
  await assert.rejects(link.opened, { message: /it took more than 50 ms/ });
  await link.close();
});

test('a server that closes says code and reason', async (t) => {
  const { told, server } = await joined(t);
  server.socket.close(1007, 'Method `zzz` not found');
  const [what, error, code, reason] = await told.take();
  assert.deepEqual([what, error.message, code, reason], ['end', '[1007] Method `zzz` not found', 1007, 'Method `zzz` not found']);
});

test('a connection that breaks is an error first, and ends as one', async (t) => {
  const { told, server } = await joined(t);
  server.socket.terminate();
  const [what, error] = await told.take();
  assert.deepEqual([what, error.name], ['error', 'ConnectionError']);
  assert.deepEqual(await told.take(), ['end', error, 1006, '']);
});

test('closing says code and reason as far as a script may, is done when it is done, and may be done twice', async (t) => {
  for (const [code, reason, said] of [[undefined, undefined, [1000, '']], [4000, 'é'.repeat(100), [4000, 'é'.repeat(61)]], [1001, 'x', [1000, 'x']]]) {
    const { link, told, server } = await joined(t);
    const closed = once(server.socket, 'close');
    await link.close(code, reason);
    await link.close(code, reason);
    const [heard, why] = await closed;
    assert.deepEqual([heard, String(why)], said);
    assert.equal((await told.take())[0], 'end');
  }
});

test('closing does not wait for a server that says nothing any more', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { link, server } = await joined(t);
  server.socket._socket.pause();
  const closed = link.close();
  t.mock.timers.tick(3000);
  await closed;
});
