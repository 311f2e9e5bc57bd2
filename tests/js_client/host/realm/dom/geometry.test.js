import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DOMPoint, DOMRect } from '../../../../../js_client/host/realm/dom/geometry.js';

const RECTANGLES = [[[1, 2, 3, 4], [1, 2, 4, 6]], [[5, 5, -3, -4], [2, 1, 5, 5]], [[], [0, 0, 0, 0]]];
for (const [made, sides] of RECTANGLES) {
  test(`a rectangle of ${JSON.stringify(made)} has the sides ${sides}`, () => {
    const { left, top, right, bottom } = new DOMRect(...made);
    assert.deepEqual([left, top, right, bottom], sides);
  });
}

test('rectangles and points are made of others, and are plain data', () => {
  assert.deepEqual(DOMRect.fromRect({ x: 1, width: 2 }).toJSON(), { x: 1, y: 0, width: 2, height: 0, left: 1, top: 0, right: 3, bottom: 0 });
  assert.deepEqual({ ...DOMPoint.fromPoint({ x: 1 }) }, { x: 1, y: 0, z: 0, w: 1 });
});
