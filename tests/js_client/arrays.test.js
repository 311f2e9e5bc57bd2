import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  array, bytesOf, DTYPES, dtypeOf, elementsAt, flattenInto, fromHalf, nested, NumericArray, storage, toHalf, WIDTH,
} from '../../js_client/src/arrays.js';

/** Values that every dtype can hold exactly, and the least and most of some. */
const EXAMPLES = {
  bool: [0, 1], int8: [-128, 127], int16: [-32768, 32767], int32: [-(2 ** 31), 2 ** 31 - 1], int64: [-(2n ** 63n), 5],
  uint8: [0, 255], uint16: [0, 65535], uint32: [0, 2 ** 32 - 1], uint64: [2n ** 64n - 1n, 5],
  float16: [0.5, -65504], float32: [0.1, -Infinity].map(Math.fround), float64: [0.1, 1e300],
};

for (const dtype of DTYPES) {
  test(`elements of ${dtype} survive the way through bytes`, () => {
    const bytes = bytesOf(new NumericArray(dtype, [2], EXAMPLES[dtype]));
    assert.equal(bytes.length, 2 * WIDTH[dtype]);
    const buffer = bytes.slice().buffer;
    assert.deepEqual(Array.from(elementsAt(dtype, buffer, 0, 2)), EXAMPLES[dtype]);
  });
}

test('bytes are little-endian', () => {
  assert.deepEqual([...bytesOf(new NumericArray('uint16', [1], [0x0102]))], [2, 1]);
});

test('bytes of a view are those of the view alone', () => {
  const view = new Float32Array([1, 2, 3]).subarray(1, 2);
  assert.deepEqual(bytesOf(new NumericArray('float32', [1], view)), new Uint8Array(new Float32Array([2]).buffer));
});

test('an unknown dtype is refused by name', () => {
  assert.throws(() => storage('complex64', 1), /no such dtype: complex64; there are bool, int8/);
});

// The bits are numpy's, from np.float16(value).view(np.uint16).
const HALVES = [
  [0, 0x0000], [-0, 0x8000], [1, 0x3c00], [-2, 0xc000], [65504, 0x7bff], [65519, 0x7bff], [65520, 0x7c00],
  [Infinity, 0x7c00], [-Infinity, 0xfc00], [2 ** -24, 0x0001], [2 ** -25, 0x0000], [1.5 * 2 ** -24, 0x0002], [2 ** -14, 0x0400],
  [1 + 2 ** -11, 0x3c00], [1 + 3 * 2 ** -11, 0x3c02], [0.1, 0x2e66], [2047.9999, 0x6800],
];

test('float16 is rounded to the nearest, ties to even', () => {
  assert.deepEqual(HALVES.map(([value]) => toHalf(value)), HALVES.map(([, bits]) => bits));
});

test('every float16 that is a number comes back as its own bits', () => {
  for (let bits = 0; bits < 0x10000; bits += 1) {
    const value = fromHalf(bits);
    if (!Number.isNaN(value)) assert.equal(toHalf(value), bits);
  }
});

test('NaN stays NaN in float16', () => {
  assert.equal(fromHalf(toHalf(NaN)), NaN);
});

test('typed arrays are called by their names in numpy', () => {
  const named = [new Uint8ClampedArray(1), new BigInt64Array(1), new Float64Array(1), [1], new DataView(new ArrayBuffer(1))];
  assert.deepEqual(named.map(dtypeOf), ['uint8', 'int64', 'float64', undefined, undefined]);
});

test('lists of any depth are flattened in C order and nested again', () => {
  const data = [];
  assert.equal(flattenInto([[1, [2]], new Uint8Array([3, 4])], data, 0), 4);
  assert.deepEqual(data, [1, 2, 3, 4]);
  assert.deepEqual(nested(new NumericArray('int8', [2, 2], data), String), [['1', '2'], ['3', '4']]);
});

test('an array of no axis is its one element', () => {
  assert.equal(nested(new NumericArray('int8', [], [7]), Number), 7);
});

test('an array for an info has one axis unless told otherwise', () => {
  assert.deepEqual(array(new Int16Array(6)).shape, [6]);
  assert.deepEqual(array(new Int16Array(6), [2, 3]), new NumericArray('int16', [2, 3], new Int16Array(6)));
  assert.throws(() => array(new Int16Array(6), [4]), /shape \[4\]/);
});
