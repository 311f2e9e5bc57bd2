import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ImageBitmap } from '../../../../../js_client/host/realm/canvas/bitmaps.js';
import { blankPng } from '../../../../../js_client/host/realm/canvas/png.js';
import { canvasRoom, pixel, withoutPixels } from './rooms.js';

/** What a promise of the realm comes to, when frames go on. */
async function settled(kernel, promise) {
  let outcome;
  promise.then((value) => { outcome = { value }; }, (error) => { outcome = { error }; });
  for (let i = 0; i < 20 && !outcome; i += 1) {
    await new Promise(setImmediate);
    kernel.clock.advance();
  }
  if (outcome.error) throw outcome.error;
  return outcome.value;
}

const red = (room) => {
  const owner = { width: 10, height: 20 };
  const context = room.contextOf(owner, '2d');
  context.fillStyle = 'red';
  context.fillRect(0, 0, 10, 20);
  return owner;
};

const SIZES = [
  ['a canvas', (room) => [red(room)], [10, 20]],
  ['a part of a canvas', (room) => [red(room), 1, 1, 4, -5], [4, 5]],
  ['a canvas made larger', (room) => [red(room), { resizeWidth: 100, resizeHeight: 50 }], [100, 50]],
  ['a part made larger', (room) => [red(room), 0, 0, 5, 5, { resizeWidth: 7 }], [7, 5]],
  ['pixels', ({ globals }) => [new globals.ImageData(3, 4)], [3, 4]],
  ['a blob', () => [new Blob([blankPng(30, 20)])], [30, 20]],
];
for (const [name, args, expected] of SIZES) {
  for (const [kind, options, skip] of [['', {}, false], [' with pixels', { canvas: 'real' }, withoutPixels]]) {
    test(`a bitmap${kind} is made of ${name}`, { skip }, async () => {
      const { kernel, room } = canvasRoom(options);
      const bitmap = await settled(kernel, room.globals.createImageBitmap(...args(room)));
      assert.deepEqual([bitmap.width, bitmap.height, String(bitmap)], [...expected, '[object ImageBitmap]']);
      bitmap.close();
      assert.equal(bitmap.width, 0);
    });
  }
}

test('a bitmap comes in virtual time', async () => {
  const { room } = canvasRoom();
  let isThere = false;
  room.globals.createImageBitmap(red(room)).then(() => { isThere = true; });
  await new Promise(setImmediate);
  assert.equal(isThere, false);
});

for (const [name, source, error] of [['nothing', undefined, 'TypeError'], ['an image that is not there', { width: 0, height: 0 }, 'InvalidStateError'], ['a blob that is no picture', new Blob(['text']), 'InvalidStateError']]) {
  test(`${name} is no bitmap`, async () => {
    const { kernel, room } = canvasRoom();
    await assert.rejects(settled(kernel, room.globals.createImageBitmap(source)), { name: error });
  });
}

test('a game cannot make a bitmap itself', () => assert.throws(() => new ImageBitmap(), TypeError));

test('a bitmap keeps what its canvas showed', { skip: withoutPixels }, async () => {
  const { kernel, room } = canvasRoom({ canvas: 'real' });
  const owner = red(room);
  const bitmap = await settled(kernel, room.globals.createImageBitmap(owner));
  room.contextOf(owner, '2d').clearRect(0, 0, 10, 20);
  const context = room.contextOf({ width: 10, height: 20 }, '2d');
  context.drawImage(bitmap, 0, 0);
  assert.deepEqual(pixel(context, 5, 5), [255, 0, 0, 255]);
});

test('an offscreen canvas has a context and sides', () => {
  const { OffscreenCanvas, OffscreenCanvasRenderingContext2D } = canvasRoom().room.globals;
  const canvas = new OffscreenCanvas(10, '20');
  const context = canvas.getContext('2d');
  assert.ok(context instanceof OffscreenCanvasRenderingContext2D);
  assert.deepEqual([canvas.width, canvas.height, String(canvas), context.canvas === canvas], [10, 20, '[object OffscreenCanvas]', true]);
  context.fillStyle = 'red';
  canvas.width = 30;
  canvas.height = 'x';
  assert.deepEqual([canvas.width, canvas.height, context.fillStyle], [30, 0, '#000000']);
});

test('an offscreen canvas gives its picture away', { skip: withoutPixels }, () => {
  const { room } = canvasRoom({ canvas: 'real' });
  const canvas = new room.globals.OffscreenCanvas(10, 10);
  const context = canvas.getContext('2d');
  context.fillRect(0, 0, 10, 10);
  const bitmap = canvas.transferToImageBitmap();
  assert.deepEqual(pixel(context, 5, 5), [0, 0, 0, 0]);
  context.drawImage(bitmap, 0, 0);
  assert.deepEqual(pixel(context, 5, 5), [0, 0, 0, 255]);
});

test('an offscreen canvas becomes a blob', async () => {
  const { OffscreenCanvas } = canvasRoom().room.globals;
  const blob = await new OffscreenCanvas(3, 4).convertToBlob({ type: 'image/jpeg' });
  assert.deepEqual([blob.type, [...new Uint8Array(await blob.arrayBuffer())].slice(1, 4)], ['image/png', [80, 78, 71]]);
  await assert.rejects(new OffscreenCanvas(0, 4).convertToBlob(), { name: 'IndexSizeError' });
});
