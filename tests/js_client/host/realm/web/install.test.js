import assert from 'node:assert/strict';
import { test } from 'node:test';

import { arrive } from '../../../../../js_client/host/realm/web/here.js';
import { installEvents, installWeb } from '../../../../../js_client/host/realm/web/install.js';
import { arrived } from './arrived.js';

function installed() {
  const page = arrived({ '/a.txt': 'text' });
  page.window.URL = URL;
  installEvents(page.kernel);
  installWeb(page.kernel);
  return page;
}

test('a window gets events and what talks to the clock, hidden from enumeration', () => {
  const { window } = installed();
  for (const name of ['Event', 'MouseEvent', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Blob', 'AudioContext', 'alert']) assert.equal(typeof window[name], 'function', name);
  assert.deepEqual(Object.keys(window).filter((name) => /^[A-Z]/.test(name) && name !== 'URL'), []);
});

test('what a real browser has itself is left to it', () => {
  const { kernel, window } = arrived();
  Object.assign(window, { URL, Event: 'its own', MouseEvent: 'its own' });
  arrive(kernel);
  installWeb(kernel);
  assert.deepEqual([window.Event, window.MouseEvent], ['its own', 'its own']);
});

test('object URLs are this page’s alone: the class of URLs that others share stays as it is', () => {
  const { window } = installed();
  const before = URL.createObjectURL;
  const url = window.URL.createObjectURL(new window.Blob(['x']));
  assert.match(url, /^blob:https:\/\/game\.stepwire\//);
  assert.deepEqual([URL.createObjectURL === before, window.URL === URL, new window.URL('/a', 'https://b.example').href], [true, false, 'https://b.example/a']);
});

test('idle work is done as a task, with time left', () => {
  const { kernel, window } = installed();
  const seen = [];
  window.requestIdleCallback((deadline) => seen.push(deadline.didTimeout, deadline.timeRemaining() > 0));
  window.cancelIdleCallback(window.requestIdleCallback(() => seen.push('never')));
  assert.deepEqual(seen, []);
  kernel.clock.advance();
  assert.deepEqual(seen, [false, true]);
});

test('files are fetched through the window', async () => {
  const { window, frame } = installed();
  const promise = window.fetch('a.txt');
  await frame();
  assert.equal(await (await promise).text(), 'text');
});
