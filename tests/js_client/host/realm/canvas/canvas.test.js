import assert from 'node:assert/strict';
import { test } from 'node:test';

import { canvasRoom, context2d, pixel, withoutPixels } from './rooms.js';

const owner = (width = 300, height = 150) => ({ width, height });

for (const [type, other] of [['2d', 'webgl'], ['webgl', '2d'], ['webgl2', 'webgl'], ['bitmaprenderer', '2d']]) {
  test(`a canvas has one context of ${type}, and then none of ${other}`, () => {
    const { room } = canvasRoom();
    const canvas = owner();
    const context = room.contextOf(canvas, type);
    assert.ok(context);
    assert.equal(room.contextOf(canvas, type), context);
    assert.equal(room.contextOf(canvas, other), null);
  });
}

test('the old name of WebGL is the same', () => {
  const { room } = canvasRoom();
  const canvas = owner();
  assert.equal(room.contextOf(canvas, 'experimental-webgl'), room.contextOf(canvas, 'webgl'));
});

for (const type of ['webgpu', '', undefined, 'constructor']) test(`there is no context of ${type}`, () => assert.equal(canvasRoom().room.contextOf(owner(), type), null));

test('with real pixels there is no WebGL, so that engines draw in two dimensions', { skip: withoutPixels }, () => {
  const { room } = canvasRoom({ canvas: 'real' });
  const canvas = owner();
  assert.deepEqual(['webgl', 'experimental-webgl', 'webgl2'].map((type) => room.contextOf(canvas, type)), [null, null, null]);
  assert.ok(room.contextOf(canvas, '2d'));
});

test('real pixels that the outside has not are in the report', () => {
  const { room, notes } = canvasRoom({ canvas: 'real', natives: { canvas: undefined } });
  assert.ok(room.contextOf(owner(), '2d'));
  assert.match(notes().needs_canvas[0], /@napi-rs\/canvas/);
});

test('a new size makes the context as it was at first', () => {
  const { context, owner: canvas, room } = context2d();
  context.fillStyle = 'red';
  context.translate(5, 5);
  context.save();
  room.resized(canvas);
  assert.deepEqual([context.fillStyle, context.getTransform().isIdentity], ['#000000', true]);
});

test('a new size makes a real canvas empty and as large', { skip: withoutPixels }, () => {
  const { context, owner: canvas, room } = context2d({ canvas: 'real' }, { width: 10, height: 10 });
  context.fillRect(0, 0, 10, 10);
  canvas.width = 50;
  room.resized(canvas);
  assert.deepEqual([pixel(context, 5, 5), room.pixels(canvas).width], [[0, 0, 0, 0], 50]);
  context.fillStyle = 'red';
  context.fillRect(40, 0, 5, 5);
  assert.deepEqual(pixel(context, 42, 2), [255, 0, 0, 255]);
});

test('a canvas without a side may still be drawn on', { skip: withoutPixels }, () => {
  const { context } = context2d({ canvas: 'real' }, { width: 0, height: 10 });
  assert.doesNotThrow(() => context.fillRect(0, 0, 1, 1));
});

test('what has no context may be resized', () => assert.doesNotThrow(() => canvasRoom().room.resized(owner())));

test('the screen is the largest canvas that is drawn on, until the game says which', () => {
  const { room } = canvasRoom();
  assert.equal(room.screen(), undefined);
  const [small, large, growing, off] = [owner(10, 10), owner(100, 100), owner(1, 1), owner(5, 5)];
  for (const canvas of [small, large, growing]) room.contextOf(canvas, '2d');
  assert.equal(room.screen(), large);
  growing.width = growing.height = 500;
  room.resized(growing);
  assert.equal(room.screen(), growing);
  room.setScreen(off);
  assert.equal(room.screen(), off);
});

test('a canvas that draws nothing is a transparent PNG of its size, and the report says so', () => {
  const { room, owner: canvas, notes } = context2d({}, { width: 30, height: 20 });
  const file = Buffer.from(room.dataURL(canvas, 'image/jpeg').replace(/^data:image\/png;base64,/, ''), 'base64');
  assert.deepEqual([file.readUInt32BE(16), file.readUInt32BE(20)], [30, 20]);
  assert.deepEqual(notes(), { needs_canvas: ['toDataURL'] });
});

test('a canvas without a side is no picture', () => {
  const { room } = canvasRoom();
  assert.equal(room.dataURL(owner(0, 5)), 'data:,');
  assert.equal(room.encoded(owner(0, 5)), null);
});

for (const [type, expected, magic] of [['image/png', 'image/png', 0x89], ['image/jpeg', 'image/jpeg', 0xff], ['image/webp', 'image/webp', 0x52], ['image/tiff', 'image/png', 0x89], [undefined, 'image/png', 0x89]]) {
  test(`a real canvas as ${type} is ${expected}`, { skip: withoutPixels }, () => {
    const { room, owner: canvas } = context2d({ canvas: 'real' });
    const { type: made, bytes } = room.encoded(canvas, type, 0.5);
    assert.deepEqual([made, bytes[0]], [expected, magic]);
  });
}

test('a picture of a real canvas can be loaded again', { skip: withoutPixels }, () => {
  const { room, kernel, owner: canvas, context } = context2d({ canvas: 'real' });
  context.fillStyle = 'lime';
  context.fillRect(0, 0, 300, 150);
  const image = {};
  kernel.images.load(room.dataURL(canvas), (_, picture) => kernel.images.attach(Object.assign(image, picture), picture));
  kernel.clock.advance();
  context.clearRect(0, 0, 300, 150);
  context.drawImage(image, 0, 0);
  assert.deepEqual(pixel(context, 5, 5), [0, 255, 0, 255]);
});

/** A small picture with text, curves, gradients and a turn: if any of it depends on the machine, its hash does. */
test('pixels are the same on every machine', { skip: withoutPixels }, () => {
  const { context, room, owner: canvas } = context2d({ canvas: 'real' }, { width: 64, height: 64 });
  context.fillStyle = '#123456';
  context.fillRect(0, 0, 64, 64);
  context.fillStyle = 'white';
  context.font = '16px Arial, "PingFang SC", sans-serif';
  context.fillText('Ab 得', 4, 20);
  let hash = 0x811c9dc5;
  for (const byte of room.pixels(canvas).data) hash = Math.imul(hash ^ byte, 0x01000193);
  assert.equal((hash >>> 0).toString(16), '254fe087');
});
