import assert from 'node:assert/strict';
import { test } from 'node:test';

import { domError } from '../../../../../js_client/host/realm/canvas/errors.js';

test('errors are DOMExceptions where there are any', () => {
  const error = domError('IndexSizeError', 'too small');
  assert.ok(error instanceof DOMException);
  assert.deepEqual([error.name, error.message], ['IndexSizeError', 'too small']);
});

test('without that class they are errors of the same name', (t) => {
  const { DOMException } = globalThis;
  t.after(() => { globalThis.DOMException = DOMException; });
  delete globalThis.DOMException;
  const error = domError('IndexSizeError', 'too small');
  assert.deepEqual([error instanceof Error, error.name, error.message], [true, 'IndexSizeError', 'too small']);
});
