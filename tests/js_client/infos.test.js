import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NumericArray } from '../../js_client/src/arrays.js';
import { inColumns } from '../../js_client/src/infos.js';

test('infos with the same keys become one list for each key', () => {
  assert.deepEqual(inColumns([{ a: 1, b: 'x' }, { a: null, b: [2] }]), { a: [1, null], b: ['x', [2]] });
});

test('columns of many whole numbers are arrays', () => {
  const said = (value) => inColumns(Array.from({ length: 16 }, (_, i) => ({ a: value(i) }))).a;
  assert.deepEqual(said((i) => i - 8), new NumericArray('int32', [16], Int32Array.from({ length: 16 }, (_, i) => i - 8)));
  for (const value of [(i) => i / 2, (i) => i * 2 ** 31, (i) => i > 3, (i) => `${i}`, (i) => (i ? i : null), (i) => BigInt(i)]) {
    assert.ok(Array.isArray(said(value)), String(value));
  }
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
