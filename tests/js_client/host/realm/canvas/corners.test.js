import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cornerRadii, traceArcTo, traceRoundRect } from '../../../../../js_client/host/realm/canvas/corners.js';
import { isInTrace } from '../../../../../js_client/host/realm/canvas/hits.js';
import { IDENTITY, Trace } from '../../../../../js_client/host/realm/canvas/traces.js';

const rounded = (x, y, w, h, radii) => {
  const trace = new Trace();
  traceRoundRect(trace, IDENTITY, 0, x, y, w, h, radii);
  return trace;
};

const RADII = [
  [5, [[5, 5], [5, 5], [5, 5], [5, 5]]],
  [[1, 2], [[1, 1], [2, 2], [1, 1], [2, 2]]],
  [[1, 2, 3], [[1, 1], [2, 2], [3, 3], [2, 2]]],
  [[1, 2, 3, { x: 4, y: 5 }], [[1, 1], [2, 2], [3, 3], [4, 5]]],
];
for (const [given, expected] of RADII) {
  test(`radii ${JSON.stringify(given)} go round the corners`, () => assert.deepEqual(cornerRadii(given).map(({ x, y }) => [x, y]), expected));
}

for (const wrong of [[], [1, 2, 3, 4, 5], -1, [1, -1]]) {
  test(`radii ${JSON.stringify(wrong)} are an error`, () => assert.throws(() => cornerRadii(wrong), RangeError));
}

const CORNERS = [
  ['a corner is cut off', rounded(0, 0, 100, 100, 20), 2, 2, false],
  ['the middle of a side is not', rounded(0, 0, 100, 100, 20), 50, 0.5, true],
  ['only the first corner is round', rounded(0, 0, 100, 100, [20, 0]), 98, 2, true],
  ['radii are made shorter where they are too long', rounded(0, 0, 100, 20, 500), 10, 10, true],
  ['a negative width turns it over', rounded(100, 0, -100, 100, [20, 0, 0, 0]), 98, 2, false],
  ['a negative width leaves the other corner', rounded(100, 0, -100, 100, [20, 0, 0, 0]), 2, 2, true],
  ['a negative height turns it over', rounded(0, 100, 100, -100, [20, 0, 0, 0]), 2, 98, false],
];
for (const [name, trace, x, y, expected] of CORNERS) test(`round rectangles: ${name}`, () => assert.equal(isInTrace(trace, x, y), expected));

test('a rectangle without numbers is none', () => assert.equal(rounded(0, 0, NaN, 1, 1).length, 0));

test('an arc to the side ends where it touches the second line', () => {
  const trace = new Trace();
  trace.moveTo(IDENTITY, 0, 0, 0);
  traceArcTo(trace, IDENTITY, 0, 10, 0, 10, 10, 4);
  assert.ok(Math.abs(trace.x - 10) < 1e-9 && Math.abs(trace.y - 4) < 1e-9, `${trace.x}, ${trace.y}`);
});

test('an arc in a moved and turned place ends there, too', () => {
  const trace = new Trace();
  const m = Float64Array.of(0, 1, -1, 0, 100, 0);
  trace.moveTo(m, 0, 0, 0);
  traceArcTo(trace, m, 0, 10, 0, 10, -10, 4);
  assert.ok(Math.abs(trace.x - 104) < 1e-9 && Math.abs(trace.y - 10) < 1e-9, `${trace.x}, ${trace.y}`);
});

for (const [name, args] of [['without a radius', [10, 0, 10, 10, 0]], ['in one line', [10, 0, 20, 0, 4]]]) {
  test(`an arc ${name} is a line to its first point`, () => {
    const trace = new Trace();
    trace.moveTo(IDENTITY, 0, 0, 0);
    traceArcTo(trace, IDENTITY, 0, ...args);
    assert.deepEqual([trace.x, trace.y], [10, 0]);
  });
}
