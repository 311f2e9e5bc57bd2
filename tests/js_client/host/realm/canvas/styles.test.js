import assert from 'node:assert/strict';
import { test } from 'node:test';

import { copyOfStyle, firstStyle, STYLE_PARSERS, STYLE_WRITERS } from '../../../../../js_client/host/realm/canvas/styles.js';

test('a copy has everything, and a life of its own', () => {
  const first = firstStyle();
  const copy = copyOfStyle(first);
  assert.deepEqual(copy, first);
  copy.lineWidth = 5;
  assert.equal(first.lineWidth, 1);
  assert.equal(firstStyle().lineWidth, 1);
});

const VALUES = [
  ['lineCap', 'round', 'round'], ['lineCap', 'pointed', undefined], ['lineJoin', 'bevel', 'bevel'], ['direction', 'inherit', 'ltr'], ['direction', 'rtl', 'rtl'],
  ['fontKerning', 'none', 'none'], ['fontStretch', 'condensed', 'condensed'], ['fontVariantCaps', 'small-caps', 'small-caps'], ['textRendering', 'fast', undefined],
  ['imageSmoothingEnabled', 0, false], ['imageSmoothingQuality', 'high', 'high'], ['miterLimit', '3', 3], ['miterLimit', 0, undefined], ['lineDashOffset', -2, -2],
  ['lineDashOffset', 'x', undefined], ['shadowOffsetX', Infinity, undefined], ['shadowOffsetY', 4, 4], ['shadowBlur', -1, undefined], ['shadowBlur', 3, 3],
  ['shadowColor', 'red', '#ff0000'], ['shadowColor', 'x', undefined], ['filter', 'blur(2px)', 'blur(2px)'], ['filter', '', undefined],
  ['letterSpacing', '3px', 3], ['letterSpacing', '1em', 16], ['letterSpacing', '0', 0], ['letterSpacing', '3', undefined], ['wordSpacing', '-2px', -2], ['wordSpacing', 'wide', undefined],
];
for (const [name, value, expected] of VALUES) {
  test(`${name} = ${JSON.stringify(value)} is ${expected === undefined ? 'ignored' : `kept as ${expected}`}`, () => assert.deepEqual(STYLE_PARSERS[name](value), expected));
}

test('lengths are given back with their unit', () => assert.equal(STYLE_WRITERS.letterSpacing(3), '3px'));
