import assert from 'node:assert/strict';
import { test } from 'node:test';

import { XMLHttpRequest } from '../../../../../js_client/host/realm/web/xml-http-request.js';
import { arrived, listening } from './arrived.js';

const EVENTS = 'readystatechange loadstart progress load error abort loadend';

function requested(url, { type = '', isAsync = true } = {}) {
  const page = arrived({ '/a.json': '{"a": 1}' });
  const request = new XMLHttpRequest();
  request.open('GET', url, isAsync);
  const heard = listening(request, EVENTS);
  request.responseType = type;
  const send = () => request.send();
  return { ...page, request, heard, send };
}

test('a file is answered in virtual time', () => {
  const { kernel, request, heard, send } = requested('a.json');
  send();
  assert.deepEqual(heard.types, ['loadstart']);
  kernel.clock.advance();
  assert.deepEqual(heard.types.slice(1), ['readystatechange', 'readystatechange', 'progress', 'readystatechange', 'load', 'loadend']);
  assert.deepEqual([request.status, request.statusText, request.responseText, request.responseURL], [200, 'OK', '{"a": 1}', 'https://game.stepwire/a.json']);
  assert.equal(request.getResponseHeader('Content-Type'), 'application/json');
  assert.match(request.getAllResponseHeaders(), /content-length: 8\r\n/);
});

const RESPONSES = [['json', { a: 1 }], ['text', '{"a": 1}'], ['arraybuffer', new TextEncoder().encode('{"a": 1}').buffer]];
for (const [type, expected] of RESPONSES) {
  test(`a response as ${type} is made once`, () => {
    const { kernel, request, send } = requested('a.json', { type });
    send();
    kernel.clock.advance();
    assert.deepEqual(request.response, expected);
    assert.equal(request.response, request.response);
  });
}

test('a blob has the type of the file', () => {
  const { kernel, request, send } = requested('a.json', { type: 'blob' });
  send();
  kernel.clock.advance();
  assert.deepEqual([request.response.type, request.response.size], ['application/json', 8]);
});

test('a synchronous request is answered at once', () => {
  const { request, send } = requested('a.json', { isAsync: false });
  send();
  assert.deepEqual([request.status, request.readyState], [200, 4]);
});

const FAILURES = [['none.json', 404, 'load'], ['https://far.example/a', 0, 'error']];
for (const [url, status, type] of FAILURES) {
  test(`${url} ends with ${type} and status ${status}`, () => {
    const { kernel, request, heard, send } = requested(url);
    send();
    kernel.clock.advance();
    assert.deepEqual([request.status, heard.types.at(-2), heard.types.at(-1)], [status, type, 'loadend']);
  });
}

test('a request that is aborted is answered no more', () => {
  const { kernel, request, heard, send } = requested('a.json');
  send();
  request.abort();
  kernel.clock.advance();
  assert.deepEqual([request.readyState, request.status, heard.types.at(-2)], [0, 0, 'abort']);
});

test('sending before opening is refused', () => {
  arrived();
  assert.throws(() => new XMLHttpRequest().send(), { name: 'InvalidStateError' });
});
