import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ImageData } from '../../../../../js_client/host/realm/canvas/image-data.js';

test('pixels are made by size, or taken with a size', () => {
  const made = new ImageData(2, 3);
  assert.deepEqual([made.width, made.height, made.data.length, made.data instanceof Uint8ClampedArray, made.colorSpace, String(made)], [2, 3, 24, true, 'srgb', '[object ImageData]']);
  const data = new Uint8ClampedArray(16);
  const taken = new ImageData(data, 2);
  assert.deepEqual([taken.height, taken.data === data, new ImageData(data, 4, 1).height], [2, true, 1]);
});

const WRONG = [
  ['no width', [0, 1], 'IndexSizeError'], ['no number', [NaN, 1], 'IndexSizeError'], ['bytes that are no pixels', [new Uint8ClampedArray(5), 1], 'InvalidStateError'],
  ['another height', [new Uint8ClampedArray(16), 2, 3], 'IndexSizeError'], ['half a row', [new Uint8ClampedArray(12), 2], 'IndexSizeError'],
];
for (const [name, args, error] of WRONG) test(`${name}: ${error}`, () => assert.throws(() => new ImageData(...args), { name: error }));
