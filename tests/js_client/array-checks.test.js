import assert from 'node:assert/strict';
import { test } from 'node:test';

import { outside } from '../../js_client/src/checks.js';
import { box, multiBinary, multiDiscrete } from '../../js_client/src/spaces.js';

const grid = box({ low: 0, high: 9, shape: [2, 2], dtype: 'uint8' });
const edges = box({ low: [0, -5], high: [1, 5], dtype: 'float64' });

const INSIDE = [
  ['a flat list', grid, [0, 1, 2, 9]],
  ['nested lists', grid, [[0, 1], [2, 9]]],
  ['lists of typed arrays', grid, [new Uint8Array(2), new Uint8Array(2)]],
  ['a typed array of its own type', grid, new Uint8Array(4)],
  ['a typed array of another type', grid, new Float64Array(4)],
  ['a number for the shape []', box({ low: 0, high: 1, shape: [] }), 0.5],
  ['nothing for the shape [0]', box({ low: 0, high: 1, shape: [0] }), []],
  ['a number that float32 rounds up to its bound', box({ low: 0, high: 0.1, shape: [1] }), new Float32Array([0.1])],
  ['a number that float32 rounds down to its bound', box({ low: 0.3, high: 1, shape: [1] }), [0.3]],
  ['a number that float16 rounds to its bound', box({ low: 0, high: 0.1, shape: [1], dtype: 'float16' }), [0.1]],
  ['infinity where nothing bounds it', box({ shape: [2] }), [Infinity, -Infinity]],
  ['a BigInt beyond 2^53', box({ shape: [1], dtype: 'int64' }), [2n ** 63n - 1n]],
  ['true and false for bool', box({ low: 0, high: 1, shape: [2], dtype: 'bool' }), [true, 0]],
  ['bounds of each element', edges, [1, -5]],
  ['all bytes for a picture', box({ low: 0, high: 255, shape: [2], dtype: 'uint8' }), new Uint8Array([0, 255])],
  ['zeros and ones', multiBinary([2, 2]), [[0, 1], [1, 0]]],
  ['one of each', multiDiscrete([3, 2], { start: [0, 1] }), [2, 2]],
];

for (const [what, space, value] of INSIDE) {
  test(`${what} lies inside`, () => assert.equal(outside(space, value), undefined));
}

const BEYOND = [
  [grid, [0, 1, 2], 'value: expected lists of shape [2, 2], or a flat list of 4 numbers, got a list of 3'],
  [grid, [[0, 1], [2]], 'value[1]: expected a list of 2 numbers, got a list of 1'],
  [grid, [[0, 1]], 'value: expected lists of shape [2, 2], or a flat list of 4 numbers, got a list of 1'],
  [grid, [[0, 1], [2, 10]], 'value[1][1]: expected a whole number in [0, 9], got 10'],
  [grid, [0, 1, 2, 2.5], 'value[3]: expected a whole number in [0, 9], got 2.5'],
  [grid, new Uint8Array([0, 0, 10, 0]), 'value[2]: expected a whole number in [0, 9], got 10'],
  [grid, 3, 'value: expected lists of shape [2, 2], or a flat list of 4 numbers, got 3'],
  [grid, [[[0], [1]], [2, 2]], 'value[0][0]: expected a whole number in [0, 9], got a list of 1'],
  [edges, [0, 5.5], 'value[1]: expected a number in [-5, 5], got 5.5'],
  [edges, new Float64Array([2, 0]), 'value[0]: expected a number in [0, 1], got 2'],
  [box({ shape: [1] }), [NaN], 'value[0]: expected a number in [-Infinity, Infinity], got NaN'],
  [box({ shape: [1] }), new Float32Array([NaN]), 'value[0]: expected a number in [-Infinity, Infinity], got NaN'],
  [box({ shape: [1] }), [undefined], 'value[0]: expected a number in [-Infinity, Infinity], got undefined'],
  [box({ low: 0, high: 1, shape: [] }), [0.5], 'value: expected a number in [0, 1], got a list of 1'],
  [box({ shape: [1], dtype: 'int64' }), [2n ** 63n], 'value[0]: expected a whole number in [-9223372036854775808, 9223372036854775807], got 9223372036854775808'],
  [box({ low: 0, high: 1, shape: [1], dtype: 'bool' }), new Uint8Array([2]), 'value[0]: expected a whole number in [0, 1], got 2'],
  [box({ shape: [2], dtype: 'int64' }), ['a', 1], 'value[0]: expected a whole number in [-9223372036854775808, 9223372036854775807], got "a"'],
  [box({ shape: [], dtype: 'int64' }), [1], 'value: expected a whole number in [-9223372036854775808, 9223372036854775807], got a list of 1'],
  [box({ low: 0, high: 255, shape: [], dtype: 'uint8' }), new Uint8Array(1), 'value: expected a whole number in [0, 255], got a list of 1'],
  [box({ low: 0, high: 255, shape: [2], dtype: 'uint8' }), new Uint8Array(3), 'value: expected a list of 2 numbers, got a list of 3'],
  [multiBinary(2), [0, 2], 'value[1]: expected a whole number in [0, 1], got 2'],
  [multiDiscrete([3, 2], { start: [0, 1] }), [0, 0], 'value[1]: expected a whole number in [1, 2], got 0'],
];

for (const [space, value, said] of BEYOND) {
  test(said, () => assert.equal(outside(space, value), said));
}
