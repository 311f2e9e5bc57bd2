import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inColumns } from '../../js_client/src/infos.js';

test('infos with the same keys become one list for each key', () => {
  assert.deepEqual(inColumns([{ a: 1, b: 'x' }, { a: null, b: [2] }]), { a: [1, null], b: ['x', [2]] });
});

const KEPT = [
  ['a key is missing', [{ a: 1, b: 2 }, { a: 1 }]],
  ['there is one more', [{ a: 1 }, { a: 1, b: 2 }]],
  ['the order differs', [{ a: 1, b: 2 }, { b: 2, a: 1 }]],
  ['a value is undefined, which JSON leaves out', [{ a: 1 }, { a: undefined }]],
  ['a value is a function, which JSON leaves out', [{ a: () => 1 }, { a: 1 }]],
];

for (const [what, infos] of KEPT) {
  test(`infos stay as they are where ${what}`, () => assert.equal(inColumns(infos), undefined));
}
