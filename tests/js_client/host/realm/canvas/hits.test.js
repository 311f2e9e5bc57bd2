import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isInTrace, isOnTrace, polygonsOf } from '../../../../../js_client/host/realm/canvas/hits.js';
import { IDENTITY, Trace } from '../../../../../js_client/host/realm/canvas/traces.js';

const traced = (draw) => {
  const trace = new Trace();
  draw(trace);
  return trace;
};
const square = traced((t) => t.rect(IDENTITY, 0, 10, 10, 10, 10));
const circle = traced((t) => t.ellipse(IDENTITY, 0, 50, 50, 10, 10, 0, 0, 7, false));
const ring = traced((t) => {
  t.rect(IDENTITY, 0, 0, 0, 30, 30);
  t.rect(IDENTITY, 0, 10, 10, 10, 10);
});
const triangle = traced((t) => {
  t.moveTo(IDENTITY, 0, 0, 0);
  t.lineTo(IDENTITY, 0, 10, 0);
  t.lineTo(IDENTITY, 0, 0, 10);
});
const curves = traced((t) => {
  t.moveTo(IDENTITY, 0, 0, 0);
  t.quadraticCurveTo(IDENTITY, 0, 10, 20, 20, 0);
  t.bezierCurveTo(IDENTITY, 0, 20, -10, 0, -10, 0, 0);
});
const stretched = traced((t) => t.ellipse(Float64Array.of(2, 0, 0, 1, 0, 0), 0, 10, 10, 5, 5, 0, 0, 7, false));

const HITS = [
  ['a square', square, 15, 15, true], ['a square', square, 25, 15, false], ['the edge of a square', square, 10, 15, true], ['beside a square', square, 9.9, 15, false],
  ['a circle', circle, 50, 59, true], ['the corner about a circle', circle, 58, 58, false],
  ['an open triangle', triangle, 2, 2, true], ['beyond its long side', triangle, 8, 8, false],
  ['a curve', curves, 10, 9, true], ['above a curve', curves, 10, 12, false], ['another curve', curves, 10, -5, true],
  ['a stretched circle', stretched, 29, 10, true], ['beside it', stretched, 31, 10, false],
];
for (const [name, trace, x, y, expected] of HITS) {
  test(`${x}, ${y} is ${expected ? '' : 'not '}in ${name}`, () => assert.equal(isInTrace(trace, x, y), expected));
}

test('rules differ in the hole of a ring', () => {
  assert.equal(isInTrace(ring, 15, 15), true);
  assert.equal(isInTrace(ring, 15, 15, 'evenodd'), false);
  assert.equal(isInTrace(ring, 5, 5, 'evenodd'), true);
});

test('nothing lies in what is no number', () => assert.equal(isInTrace(square, NaN, 1), false));

test('a stroke reaches half its width to both sides', () => {
  assert.deepEqual([[15, 8.5], [15, 11.5], [15, 7.5], [8.5, 15]].map(([x, y]) => isOnTrace(square, x, y, 2)), [true, true, false, true]);
});

test('an open path has no stroke from its end to its beginning', () => assert.equal(isOnTrace(triangle, 0, 5, 1), false));

test('after closing, a path goes on from where it began', () => {
  const trace = traced((t) => {
    t.rect(IDENTITY, 0, 0, 0, 5, 5);
    t.lineTo(IDENTITY, 0, -5, -5);
  });
  assert.deepEqual(polygonsOf(trace).map(({ points, isClosed }) => [points.length / 2, isClosed]), [[4, true], [2, false]]);
});
