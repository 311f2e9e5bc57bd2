import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DOMMatrix, DOMPoint, inverted, matrixNumbers, product } from '../../../../../js_client/host/realm/canvas/geometry.js';

const numbers = ({ a, b, c, d, e, f }) => [a, b, c, d, e, f].map((n) => Math.round(n * 1e6) / 1e6 + 0);

const MATRICES = [
  ['none is the identity', new DOMMatrix(), [1, 0, 0, 1, 0, 0]],
  ['six numbers', new DOMMatrix([1, 2, 3, 4, 5, 6]), [1, 2, 3, 4, 5, 6]],
  ['sixteen numbers', new DOMMatrix([1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 1, 0, 5, 6, 0, 1]), [1, 2, 3, 4, 5, 6]],
  ['a text of CSS', new DOMMatrix('matrix(1, 2, 3, 4, 5, -6.5)'), [1, 2, 3, 4, 5, -6.5]],
  ['a turn by 90 degrees', new DOMMatrix().rotate(90), [0, 1, -1, 0, 0, 0]],
  ['a turn about z', new DOMMatrix().rotate(0, 0, 90), [0, 1, -1, 0, 0, 0]],
  ['a scale by one number', new DOMMatrix().scale(2), [2, 0, 0, 2, 0, 0]],
  ['a scale about a point', new DOMMatrix().scale(2, 3, 1, 10, 10), [2, 0, 0, 3, -10, -20]],
  ['a shift after a scale', new DOMMatrix().scale(2).translate(3, 4), [2, 0, 0, 2, 6, 8]],
  ['a skew', new DOMMatrix().skewX(45), [1, 0, 1, 1, 0, 0]],
  ['another skew', new DOMMatrix().skewY(45), [1, 1, 0, 1, 0, 0]],
  ['a flip', new DOMMatrix().flipX().flipY(), [-1, 0, 0, -1, 0, 0]],
  ['the way back', new DOMMatrix([2, 0, 0, 4, 6, 8]).inverse(), [0.5, 0, 0, 0.25, -3, -2]],
  ['a product', new DOMMatrix([2, 0, 0, 2, 0, 0]).multiply(new DOMMatrix([1, 0, 0, 1, 5, 5])), [2, 0, 0, 2, 10, 10]],
  ['a product from the left', new DOMMatrix([2, 0, 0, 2, 0, 0]).preMultiplySelf({ e: 5, f: 5 }), [2, 0, 0, 2, 5, 5]],
  ['of an object', DOMMatrix.fromMatrix({ m11: 2, f: 3 }), [2, 0, 0, 1, 0, 3]],
  ['of an array', DOMMatrix.fromFloat32Array(Float32Array.of(1, 0, 0, 1, 2, 3)), [1, 0, 0, 1, 2, 3]],
  ['of its own array', DOMMatrix.fromFloat64Array(new DOMMatrix([1, 2, 3, 4, 5, 6]).toFloat64Array()), [1, 2, 3, 4, 5, 6]],
];
for (const [name, matrix, expected] of MATRICES) test(`a matrix: ${name}`, () => assert.deepEqual(numbers(matrix), expected));

test('members go by two names', () => {
  const matrix = new DOMMatrix();
  Object.assign(matrix, { m11: 1, m12: 2, m21: 3, m22: 4, m41: 5, m42: 6 });
  assert.deepEqual(numbers(matrix), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual([matrix.m11, matrix.m12, matrix.m21, matrix.m22, matrix.m41, matrix.m42, matrix.m33, matrix.m13], [1, 2, 3, 4, 5, 6, 1, 0]);
  assert.equal(String(matrix), 'matrix(1, 2, 3, 4, 5, 6)');
  assert.equal(matrix.isIdentity, false);
});

test('what flattens everything has no way back', () => {
  assert.equal(inverted([1, 1, 1, 1, 0, 0]), undefined);
  assert.ok(Number.isNaN(new DOMMatrix([0, 0, 0, 0, 0, 0]).inverse().a));
});

test('a wrong count of numbers is an error', () => assert.throws(() => new DOMMatrix([1, 2, 3]), TypeError));

test('a point is moved', () => {
  const { x, y } = DOMPoint.fromPoint({ x: 1, y: 2 }).matrixTransform(new DOMMatrix([2, 0, 0, 2, 10, 20]));
  assert.deepEqual([x, y], [12, 24]);
});

test('numbers are found in a DOMMatrix and in a product', () => {
  assert.deepEqual(matrixNumbers(new DOMMatrix([1, 2, 3, 4, 5, 6])), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(product([2, 0, 0, 2, 1, 1], [1, 0, 0, 1, 3, 4]), [2, 0, 0, 2, 7, 9]);
});
