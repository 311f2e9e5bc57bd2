import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CanvasGradient, CanvasPattern, nativePaints, repetitionOf } from '../../../../../js_client/host/realm/canvas/paints.js';

test('stops of a gradient go on to the native one, with colours as canvases write them', () => {
  const gradient = new CanvasGradient();
  const stops = [];
  nativePaints.set(gradient, { addColorStop: (...stop) => stops.push(stop) });
  gradient.addColorStop(0.5, 'red');
  gradient.addColorStop('1', '#00f');
  assert.deepEqual(stops, [[0.5, '#ff0000'], [1, '#0000ff']]);
});

for (const [offset, color, name] of [[2, 'red', 'IndexSizeError'], [-0.1, 'red', 'IndexSizeError'], ['x', 'red', 'TypeError'], [0, 'rot', 'SyntaxError']]) {
  test(`a stop at ${offset} of ${color} is a ${name}`, () => assert.throws(() => new CanvasGradient().addColorStop(offset, color), { name }));
}

test('a pattern is transformed with its native one', () => {
  const pattern = new CanvasPattern();
  pattern.setTransform({ e: 5 });
  let got;
  nativePaints.set(pattern, { setTransform: (matrix) => { got = matrix; } });
  pattern.setTransform({ e: 5 });
  assert.deepEqual(got, { a: 1, b: 0, c: 0, d: 1, e: 5, f: 0 });
});

for (const [given, expected] of [['repeat-x', 'repeat-x'], ['', 'repeat'], [null, 'repeat'], ['no-repeat', 'no-repeat']]) {
  test(`the repetition ${JSON.stringify(given)} is ${expected}`, () => assert.equal(repetitionOf(given), expected));
}
test('another repetition is an error', () => assert.throws(() => repetitionOf('twice'), { name: 'SyntaxError' }));

test('objects say what they are', () => {
  assert.deepEqual([new CanvasGradient(), new CanvasPattern()].map(String), ['[object CanvasGradient]', '[object CanvasPattern]']);
});
