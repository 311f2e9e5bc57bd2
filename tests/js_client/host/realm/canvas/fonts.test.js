import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DEFAULT_FONT, parseFont } from '../../../../../js_client/host/realm/canvas/fonts.js';

const FONTS = [
  ['20px Arial', { text: '20px Arial', size: 20 }],
  ['  bold   italic 12.5px/1.5  Arial , sans-serif', { text: 'italic bold 12.5px Arial, sans-serif', size: 12.5, isBold: true, isItalic: true }],
  ["16px 'Press Start 2P'", { text: '16px "Press Start 2P"', size: 16, isMono: true }],
  ["16px 'Arial'", { text: '16px Arial', size: 16 }],
  ['700 10pt Courier New', { text: '700 13.333px Courier New', size: 13.333, isBold: true, isMono: true }],
  ['300 10px x', { text: '300 10px x', size: 10 }],
  ['normal 2em serif', { text: '32px serif', size: 32 }],
  ['x-large monospace', { text: '24px monospace', size: 24, isMono: true }],
  ['small-caps 10px a', { text: 'small-caps 10px a', size: 10 }],
  ['.5em a', { text: '8px a', size: 8 }],
  ['150% a', { text: '24px a', size: 24 }],
];
for (const [given, expected] of FONTS) {
  test(`the font "${given}" is read`, () => {
    assert.deepEqual(parseFont(given), { isBold: false, isItalic: false, isMono: false, ...expected });
  });
}

for (const wrong of ['', 'Arial', '20 Arial', '20px', 'px Arial', 'fat 20px Arial', '-5px Arial', '20px Arial,', 'bold bold 20px a']) {
  test(`"${wrong}" is no font`, () => assert.equal(parseFont(wrong), null));
}

test('the same text gives the same font', () => assert.equal(parseFont('11px a'), parseFont('11px a')));

test('a size that grows for ever does not fill the memory, and stays right', () => {
  for (let i = 1; i < 3000; i += 1) assert.equal(parseFont(`${i}px a`)?.size, i);
});

test('the font at first is a canvas\'s', () => assert.deepEqual(parseFont(DEFAULT_FONT.text), DEFAULT_FONT));
