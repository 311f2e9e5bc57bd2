import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createStorage } from '../../../../js_client/host/realm/storage.js';

test('text is kept by key until it is removed', () => {
  const storage = createStorage();
  storage.set('a', '1');
  storage.set('b', '2');
  storage.set('a', '3');
  assert.deepEqual([storage.get('a'), storage.get('c'), storage.keys()], ['3', null, ['a', 'b']]);
  storage.remove('a');
  storage.remove('never');
  assert.deepEqual(storage.keys(), ['b']);
  storage.clear();
  assert.deepEqual(storage.keys(), []);
});

test('it holds ten million characters, and what is removed makes room', () => {
  const storage = createStorage();
  const half = 'x'.repeat(5 * 2 ** 20);
  storage.set('a', half);
  storage.set('a', half);
  assert.throws(() => storage.set('b', half), RangeError);
  storage.remove('a');
  storage.set('b', half);
  assert.equal(storage.get('b').length, half.length);
});
