import assert from 'node:assert/strict';
import { test } from 'node:test';

import { described, problem, under } from '../../js_client/src/problems.js';

const SHOWN = [
  [3.5, '3.5'], [NaN, 'NaN'], [5n, '5'], [null, 'null'], [undefined, 'undefined'], [true, 'true'],
  ['short', '"short"'], ['x'.repeat(50), `"${'x'.repeat(40)}…"`],
  [[1, 2], 'a list of 2'], [new Uint8Array(3), 'a list of 3'],
  [{}, 'an object with nothing in it'], [{ a: 1 }, 'an object with a'], [() => 1, 'a function'],
];

for (const [value, found] of SHOWN) {
  test(`${found} is what is said of a ${typeof value}`, () => assert.equal(problem('', '', value).found, found));
}

test('a problem is told with its whole path', () => {
  const inner = problem('[1]', 'a number', 'x');
  assert.equal(described(under('.position', inner), 'observation'), 'observation.position[1]: expected a number, got "x"');
});

test('no problem further in is none further out', () => assert.equal(under('.position', undefined), undefined));
