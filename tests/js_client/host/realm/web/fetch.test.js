import assert from 'node:assert/strict';
import { test } from 'node:test';

import { AbortController } from '../../../../../js_client/host/realm/web/aborting.js';
import { Headers, Request, Response, fetch, statusText } from '../../../../../js_client/host/realm/web/fetch.js';
import { arrived } from './arrived.js';

const FILES = { '/data/level.json': '{"size": 3}' };

async function fetched(url, init) {
  const page = arrived(FILES);
  const promise = fetch(url, init);
  promise.catch(() => {});
  await page.frame();
  return { ...page, promise };
}

test('a file of the package is fetched in virtual time', async () => {
  const { promise } = await fetched('data/level.json?v=2');
  const response = await promise;
  assert.deepEqual([response.ok, response.status, response.headers.get('Content-Type')], [true, 200, 'application/json']);
  assert.equal(response.url, 'https://game.stepwire/data/level.json?v=2');
  assert.deepEqual(await response.clone().json(), { size: 3 });
  assert.equal(await response.text(), '{"size": 3}');
  await assert.rejects(response.text(), /already read/);
});

test('a missing file is a 404, and noted', async () => {
  const { promise, notes } = await fetched('data/none.json');
  const { ok, status } = await promise;
  assert.deepEqual([ok, status, notes('missing_files')], [false, 404, ['/data/none.json']]);
});

test('what is on a network fails, and is noted', async () => {
  const { promise, notes } = await fetched('https://scores.example/top');
  await assert.rejects(promise, /Failed to fetch/);
  assert.deepEqual(notes('network'), ['https://scores.example/top']);
});

test('a data URL is fetched like a file', async () => {
  const { promise } = await fetched('data:text/plain;base64,aGk=');
  assert.equal(await (await promise).text(), 'hi');
});

test('a signal ends what is under way', async () => {
  const { frame } = arrived(FILES);
  const controller = new AbortController();
  const failed = assert.rejects(fetch('data/level.json', { signal: controller.signal }), { name: 'AbortError' });
  controller.abort();
  await frame();
  await failed;
});

test('headers know no case, and join what is said twice', () => {
  const headers = new Headers([['Accept', 'a'], ['accept', 'b'], ['X-Game', '1']]);
  headers.delete('x-game');
  assert.deepEqual([...headers], [['accept', 'a, b']]);
});

test('a request may be made from another one', () => {
  arrived();
  const request = new Request(new Request('a.txt', { method: 'post' }), { headers: { x: '1' } });
  assert.deepEqual([request.method, request.url, request.headers.get('x')], ['POST', 'https://game.stepwire/a.txt', '1']);
});

test('a response of the game’s own has what it says', async () => {
  const response = Response.json({ a: 1 }, { status: 201 });
  assert.deepEqual([response.status, await response.json()], [201, { a: 1 }]);
  assert.equal(statusText(404), 'Not Found');
});

test('a body can be read as a stream of one piece', async () => {
  const reader = new Response('hi').body.getReader();
  const first = await reader.read();
  assert.equal(new TextDecoder().decode(first.value), 'hi');
  assert.equal((await reader.read()).done, true);
});
