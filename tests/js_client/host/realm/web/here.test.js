import assert from 'node:assert/strict';
import { test } from 'node:test';

import { arrive, here, needsBrowser, soon } from '../../../../../js_client/host/realm/web/here.js';
import { arrived } from './arrived.js';

test('a page that arrives has nothing of the one before', () => {
  const { kernel } = arrived();
  here.heard.add('click');
  here.changes = 7;
  arrive(kernel);
  assert.deepEqual([here.heard.size, here.changes, here.base, here.window === kernel.scope], [0, 0, '/', true]);
});

test('soon is a task of its own in virtual time', () => {
  const { kernel } = arrived();
  const times = [];
  soon(() => times.push(kernel.clock.now()), 5);
  assert.deepEqual(times, []);
  kernel.clock.advance();
  assert.deepEqual(times, [5]);
});

test('what needs a browser is said once', () => {
  const { notes } = arrived();
  needsBrowser('a layout');
  needsBrowser('a layout');
  assert.deepEqual(notes('needs_browser'), ['a layout']);
});
