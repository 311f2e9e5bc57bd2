import assert from 'node:assert/strict';
import { test } from 'node:test';

import { COLOURS, pixels } from '../../../../js_client/examples/lander/picture.js';
import { begin } from '../../../../js_client/examples/lander/rules.js';
import { random } from '../../../../js_client/src/index.js';

/** A hundred pixels are one screen height. */
function colour({ width, data }, x, y) {
  const at = 3 * (Math.floor(100 * (1.6 - y)) * width + Math.floor(100 * (x + 1.2)));
  return [...data.subarray(at, at + 3)];
}

test('the picture shows the craft, the pad, the ground and the sky', () => {
  const picture = pixels({ ...begin(random(0)), x: 0, y: 1, angle: 0, pad: 0.5 });
  assert.deepEqual([picture.width, picture.height, picture.data.length], [240, 180, 3 * 240 * 180]);
  const seen = [colour(picture, 0, 1), colour(picture, 0.5, -0.015), colour(picture, -0.5, -0.1), colour(picture, 0.5, 1)];
  assert.deepEqual(seen, [COLOURS.hull, COLOURS.pad, COLOURS.ground, COLOURS.sky]);
});

test('the engine shows its flame, a crash its wreck', () => {
  const lander = { ...begin(random(0)), x: 0, y: 1, angle: 0, throttle: 1 };
  assert.deepEqual(colour(pixels(lander), 0, 0.95), COLOURS.flame);
  assert.deepEqual(colour(pixels({ ...lander, state: 'crashed' }), 0, 1), COLOURS.wreck);
});

test('a craft beyond the edge is drawn as far as it is seen', () => {
  assert.equal(pixels({ ...begin(random(0)), x: -1.21, y: 1.61 }).data.length, 3 * 240 * 180);
});
