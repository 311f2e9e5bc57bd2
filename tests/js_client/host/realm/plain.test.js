import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

import { plain } from '../../../../js_client/host/realm/plain.js';

test('values of another realm become plain ones of this', () => {
  const foreign = runInNewContext('({ a: [1, { b: new Float32Array([0.5, 2]) }], c: null, d: "text", e: true })');
  assert.deepEqual(plain(foreign), { a: [1, { b: [0.5, 2] }], c: null, d: 'text', e: true });
});
