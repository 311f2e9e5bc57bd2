import assert from 'node:assert/strict';
import { test } from 'node:test';

import { applyDataChanges, copiedData } from '../../../../../js_client/host/realm/wx/set-data.js';

const CASES = [
  [{ a: 1 }, { a: 2 }, { a: 2 }],
  [{ a: { b: [{ c: 1 }, { c: 2 }] } }, { 'a.b[1].c': 3 }, { a: { b: [{ c: 1 }, { c: 3 }] } }],
  [{}, { 'a.b': 1 }, { a: { b: 1 } }],
  [{}, { 'grid[1][0]': 4 }, { grid: [, [4]] }],
  [{ a: 5 }, { 'a.b': 1 }, { a: { b: 1 } }],
  [{ list: { x: 1 } }, { 'list[0]': 1 }, { list: [1] }],
  [{ a: 1, b: 2 }, { b: undefined }, { a: 1, b: undefined }],
];

for (const [before, changes, after] of CASES) {
  test(`${JSON.stringify(changes)} makes ${JSON.stringify(before)} into ${JSON.stringify(after)}`, () => {
    const data = structuredClone(before);
    applyDataChanges(data, changes);
    assert.deepEqual(data, after);
  });
}

test('what is set is a copy, except for what is no plain data', () => {
  const list = [[1]];
  const [work, date] = [() => 1, new Date(0)];
  const data = {};
  applyDataChanges(data, { list, work, date });
  list[0].push(2);
  assert.deepEqual([data.list, data.work, data.date], [[[1]], work, date]);
  assert.equal(copiedData(null), null);
});
