import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ImageData } from '../../../../../js_client/host/realm/canvas/image-data.js';
import { createSources, nativePictures } from '../../../../../js_client/host/realm/canvas/sources.js';

const canvas = { width: 5, height: 5 };
const empty = { width: 0, height: 5 };
const sources = createSources({ has: (owner) => owner === canvas || owner === empty, native: (owner) => (owner === canvas ? 'its canvas' : undefined) });

for (const wrong of [undefined, null, 'img.png', 5, {}, { width: '5', height: 5 }, new ImageData(1, 1)]) {
  test(`${typeof wrong === 'object' ? JSON.stringify(wrong) : String(wrong)} cannot be drawn`, () => {
    assert.throws(() => sources.check(wrong, 'drawImage'), { name: 'TypeError', message: /Failed to execute 'drawImage'.*HTMLImageElement/ });
  });
}

test('an image that is not there yet may be drawn', () => assert.doesNotThrow(() => sources.check({ width: 0, height: 0 }, 'drawImage')));
test('a canvas without a side may not', () => assert.throws(() => sources.check(empty, 'drawImage'), { name: 'InvalidStateError' }));

test('a native picture is found by the object that it is attached to', () => {
  const picture = { width: 1, height: 1 };
  nativePictures.set(picture, 'its picture');
  const image = {};
  assert.equal(sources.native(image), undefined);
  sources.attach(image, picture);
  assert.deepEqual([sources.native(image), sources.pictureOf(image)], ['its picture', picture]);
  sources.attach(image, undefined);
  assert.deepEqual([sources.native(image), sources.pictureOf(image)], [undefined, undefined]);
});

test('of a canvas it is its own, of a bitmap what was made with it', () => {
  const bitmap = {};
  nativePictures.set(bitmap, 'its bitmap');
  assert.deepEqual([sources.native(canvas), sources.native(bitmap)], ['its canvas', 'its bitmap']);
});
