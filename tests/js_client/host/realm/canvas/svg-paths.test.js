import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isInTrace, polygonsOf } from '../../../../../js_client/host/realm/canvas/hits.js';
import { traceSvg } from '../../../../../js_client/host/realm/canvas/svg-paths.js';
import { Trace } from '../../../../../js_client/host/realm/canvas/traces.js';

const traced = (text) => {
  const trace = new Trace();
  traceSvg(trace, text);
  return trace;
};
const corners = (text) => polygonsOf(traced(text)).filter(({ points }) => points.length > 2).map(({ points }) => points);

const LINES = [
  ['M0 0 L10 0 10 10', [[0, 0, 10, 0, 10, 10]]],
  ['m1,1 2,0 0,2', [[1, 1, 3, 1, 3, 3]]],
  ['M0,0h5v5H2V1', [[0, 0, 5, 0, 5, 5, 2, 5, 2, 1]]],
  ['M0 0l1-1.5.5.5', [[0, 0, 1, -1.5, 1.5, -1]]],
  ['M0 0 L1 0 L1 1 Z l5 5', [[0, 0, 1, 0, 1, 1], [0, 0, 5, 5]]],
  ['M1e1 0 L2 2', [[10, 0, 2, 2]]],
  ['M0 0 L5 5 L', [[0, 0, 5, 5]]],
  ['', []],
];
for (const [text, expected] of LINES) test(`"${text}" has these corners`, () => assert.deepEqual(corners(text), expected));

const ENDS = [
  ['M0 0 C0 10 10 10 10 0', 10, 0], ['M0 0 c0 10 10 10 10 0 s10 -10 10 0', 20, 0], ['M0 0 Q5 10 10 0 T20 0', 20, 0], ['M0 0 S 1 1 5 5', 5, 5],
  ['M0 0 A5 5 0 0 1 10 0', 10, 0], ['M0 0 a5 5 0 0110 0', 10, 0], ['M0 0 A0 5 0 0 1 10 0', 10, 0], ['M0 0 A1 1 0 0 1 10 0', 10, 0],
];
for (const [text, x, y] of ENDS) {
  test(`"${text}" ends at ${x}, ${y}`, () => {
    const trace = traced(text);
    assert.ok(Math.abs(trace.x - x) < 1e-6 && Math.abs(trace.y - y) < 1e-6, `${trace.x}, ${trace.y}`);
  });
}

for (const [text, x, y, expected] of [['M0 0 A5 5 0 0 1 10 0 Z', 5, -4, true], ['M0 0 A5 5 0 0 0 10 0 Z', 5, -4, false], ['M0 0 A10 10 0 1 1 10 0', 5, -15, true], ['M0 0 A10 10 0 0 1 10 0', 5, -15, false], ['M0 0 T 10 10', 0, 0, true]]) {
  test(`${x}, ${y} is ${expected ? '' : 'not '}in "${text}"`, () => assert.equal(isInTrace(traced(text), x, y), expected));
}
