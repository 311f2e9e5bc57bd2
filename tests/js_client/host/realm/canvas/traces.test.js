import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CLOSE, ELLIPSE, IDENTITY, LINE, MOVE, onEllipse, Trace, TRACE_SIZES } from '../../../../../js_client/host/realm/canvas/traces.js';

const kinds = ({ numbers, length }) => {
  const found = [];
  for (let at = 0; at < length; at += 1 + TRACE_SIZES[numbers[at]]) found.push(numbers[at]);
  return found;
};

test('points are kept as the transform makes them', () => {
  const trace = new Trace();
  trace.moveTo(Float64Array.of(2, 0, 0, 3, 10, 20), 0, 1, 1);
  assert.deepEqual([...trace.numbers.subarray(0, trace.length)], [MOVE, 12, 23]);
});

test('a line without a beginning begins there', () => {
  const trace = new Trace();
  trace.lineTo(IDENTITY, 0, 5, 6);
  assert.deepEqual(kinds(trace), [MOVE]);
});

test('curves without a beginning begin at their first control point', () => {
  const trace = new Trace();
  trace.quadraticCurveTo(IDENTITY, 0, 1, 2, 3, 4);
  assert.deepEqual([trace.startX, trace.startY, trace.x, trace.y], [1, 2, 3, 4]);
  const other = new Trace();
  other.bezierCurveTo(IDENTITY, 0, 1, 2, 3, 4, 5, 6);
  assert.deepEqual([other.startX, other.startY, other.x, other.y], [1, 2, 5, 6]);
});

test('a rectangle is four lines and closed', () => {
  const trace = new Trace();
  trace.rect(IDENTITY, 0, 0, 0, 5, 5);
  assert.deepEqual(kinds(trace), [MOVE, LINE, LINE, LINE, CLOSE]);
});

for (const [start, end, isCounter, sweep] of [[0, 7, false, 2 * Math.PI], [0, 1, false, 1], [1, 0, true, -1], [0, -1, false, 2 * Math.PI - 1], [0, 1, true, 1 - 2 * Math.PI]]) {
  test(`an arc from ${start} to ${end}${isCounter ? ' against the clock' : ''} turns by ${sweep.toFixed(2)}`, () => {
    const trace = new Trace();
    trace.ellipse(IDENTITY, 0, 0, 0, 1, 1, 0, start, end, isCounter);
    const at = trace.length - TRACE_SIZES[ELLIPSE];
    assert.ok(Math.abs(trace.numbers[at + 6] - sweep) < 1e-9);
  });
}

test('what is no number is left out', () => {
  const trace = new Trace();
  trace.moveTo(IDENTITY, 0, NaN, 1);
  trace.lineTo(IDENTITY, 0, 1, Infinity);
  trace.rect(IDENTITY, 0, 0, 0, NaN, 1);
  trace.ellipse(IDENTITY, 0, 0, 0, NaN, 1, 0, 0, 1, false);
  assert.equal(trace.length, 0);
});

test('a path that never begins anew stops growing', () => {
  const trace = new Trace();
  for (let i = 0; i < 200_000; i += 1) trace.lineTo(IDENTITY, 0, i, i);
  assert.ok(trace.numbers.length <= 1 << 19);
  assert.equal(trace.x, 199_999 > trace.x ? trace.x : 199_999);
  trace.begin();
  trace.moveTo(IDENTITY, 0, 1, 1);
  assert.deepEqual(kinds(trace), [MOVE]);
});

test('after closing, the pen is where the subpath began', () => {
  const trace = new Trace();
  trace.moveTo(IDENTITY, 0, 1, 2);
  trace.lineTo(IDENTITY, 0, 5, 5);
  trace.closePath();
  assert.deepEqual([trace.x, trace.y], [1, 2]);
});

test('points on an ellipse turn with it', () => {
  const [x, y] = onEllipse(10, 10, 4, 2, Math.PI / 2, 0);
  assert.ok(Math.abs(x - 10) < 1e-9 && Math.abs(y - 14) < 1e-9);
});
