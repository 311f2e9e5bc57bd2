import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createScreenshots } from '../../../../../js_client/host/realm/canvas/screenshots.js';
import { canvasRoom, withoutPixels } from './rooms.js';

const painted = (kind, draw) => {
  const { room } = canvasRoom({ canvas: 'real', kind });
  const owner = { width: 40, height: 20 };
  draw(room.contextOf(owner, '2d'));
  return { room, owner };
};

test('pixels are in rows from the top, four bytes each', { skip: withoutPixels }, () => {
  const { room, owner } = painted('wechat', (x) => { x.fillStyle = '#0a141e'; x.fillRect(10, 5, 1, 1); });
  const { width, height, data } = room.pixels(owner);
  assert.deepEqual([width, height, data.length, data instanceof Uint8ClampedArray], [40, 20, 3200, true]);
  assert.deepEqual([...data.subarray(4 * (5 * 40 + 10), 4 * (5 * 40 + 12))], [10, 20, 30, 255, 0, 0, 0, 255]);
});

for (const [kind, shade] of [['wechat', 0], ['browser', 255]]) {
  test(`where nothing is drawn a game of kind ${kind} is ${shade === 0 ? 'black' : 'white'}`, { skip: withoutPixels }, () => {
    const { room, owner } = painted(kind, () => {});
    assert.deepEqual([...room.pixels(owner).data.subarray(0, 4)], [shade, shade, shade, 255]);
    assert.deepEqual([...room.scaled(owner, 1, 1, true)], [shade]);
  });
}

test('an observation is height × width, grey or in colour', { skip: withoutPixels }, () => {
  const { room, owner } = painted('wechat', (x) => { x.fillStyle = 'rgb(100, 150, 200)'; x.fillRect(0, 0, 20, 20); });
  const grey = room.scaled(owner, 8, 3, true);
  assert.deepEqual([grey instanceof Uint8Array, grey.length], [true, 24]);
  for (const row of [0, 8, 16]) assert.deepEqual([...grey.subarray(row, row + 3), ...grey.subarray(row + 5, row + 8)], [141, 141, 141, 0, 0, 0]);
  const colours = room.scaled(owner, 8, 3, false);
  assert.deepEqual([colours.length, ...colours.subarray(24, 30), ...colours.subarray(42, 48)], [72, 100, 150, 200, 100, 150, 200, 0, 0, 0, 0, 0, 0]);
});

test('a thin line does not vanish when it is made small', { skip: withoutPixels }, () => {
  for (let at = 0; at < 40; at += 1) {
    const { room, owner } = painted('wechat', (x) => { x.fillStyle = 'white'; x.fillRect(at, 0, 1, 20); });
    assert.ok(Math.max(...room.scaled(owner, 8, 4, true)) > 10, `at ${at}`);
  }
});

test('an earlier observation is not to be seen in the next', { skip: withoutPixels }, () => {
  const { room, owner } = painted('wechat', (x) => { x.fillStyle = 'white'; x.fillRect(0, 0, 40, 20); });
  room.scaled(owner, 2, 2, true);
  room.contextOf(owner, '2d').clearRect(0, 0, 40, 20);
  assert.deepEqual([...room.scaled(owner, 2, 2, true)], [0, 0, 0, 0]);
});

test('without a canvas there are no pixels, and an observation is black', () => {
  const screenshots = createScreenshots(undefined, '#fff');
  assert.equal(screenshots.pixels({}), null);
  assert.deepEqual(screenshots.scaled(undefined, 2, 1, false), new Uint8Array(6));
  const { room } = canvasRoom();
  assert.equal(room.pixels(undefined), null);
});
