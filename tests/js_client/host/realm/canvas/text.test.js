import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseFont } from '../../../../../js_client/host/realm/canvas/fonts.js';
import { characterWidth, measured, neutralFont, neutralText, textWidth } from '../../../../../js_client/host/realm/canvas/text.js';

const style = (font, more = {}) => ({ font: parseFont(font), letterSpacing: 0, wordSpacing: 0, textAlign: 'start', textBaseline: 'alphabetic', ...more });

const WIDTHS = [
  ['', style('10px Arial'), 0],
  ['0', style('10px Arial'), 5.56],
  ['Score: 42', style('20px Arial'), 85.6],
  ['iii', style('10px Arial'), 6.66],
  ['WWW', style('10px Arial'), 28.32],
  ['iW', style('10px monospace'), 12],
  ['0', style('bold 100px Arial'), 58.936],
  ['你好', style('10px Arial'), 20],
  ['😀', style('10px Arial'), 10],
  ['é', style('10px Arial'), 5.56],
  ['a b', style('10px Arial', { letterSpacing: 1, wordSpacing: 2 }), 18.9],
];
for (const [text, given, expected] of WIDTHS) {
  test(`"${text}" in ${given.font.text} is ${expected} wide`, () => assert.ok(Math.abs(textWidth(text, given) - expected) < 1e-9, String(textWidth(text, given))));
}

test('every printable character has a width', () => {
  for (let code = 32; code < 127; code += 1) assert.ok(characterWidth(code, false) >= 200, String.fromCharCode(code));
});

const ALIGNMENTS = [['start', 0, 10], ['left', 0, 10], ['center', 5, 5], ['right', 10, 0], ['end', 10, 0]];
for (const [textAlign, left, right] of ALIGNMENTS) {
  test(`text aligned at its ${textAlign} lies ${left} to the left`, () => {
    const { actualBoundingBoxLeft, actualBoundingBoxRight } = measured('你', style('10px a', { textAlign }));
    assert.deepEqual([actualBoundingBoxLeft, actualBoundingBoxRight], [left, right]);
  });
}

test('a baseline at the top has everything below it', () => {
  const { actualBoundingBoxAscent, actualBoundingBoxDescent, fontBoundingBoxAscent, alphabeticBaseline } = measured('A', style('100px a', { textBaseline: 'top' }));
  assert.ok(actualBoundingBoxAscent < 0 && actualBoundingBoxDescent > 70);
  assert.equal(fontBoundingBoxAscent, 0);
  assert.equal(alphabeticBaseline, -90.5);
});

for (const textBaseline of ['alphabetic', 'top', 'hanging', 'middle', 'bottom', 'ideographic']) {
  test(`letters are as high from ${textBaseline} as from anywhere`, () => {
    const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = measured('Ag', style('100px a', { textBaseline }));
    assert.ok(Math.abs(up + down - 92.8) < 1e-9);
  });
}

test('blanks have no ink', () => assert.equal(measured('  ', style('10px a')).actualBoundingBoxAscent, 0));

test('text is drawn in characters that the font has', () => {
  assert.equal(neutralText('Été 你好\n→e\u0301'), 'Ete \u25a1\u25a1 \u25abe');
  assert.equal(neutralText('plain ~'), 'plain ~');
});

test('what is drawn is as wide as what was measured', () => {
  for (const text of ['Été', '你好', '→', 'Ünï', 'ＡＢ']) assert.equal(textWidth(text, style('10px a')), textWidth(neutralText(text), style('10px a')), text);
});

test('the native font has the size and a family of ours', () => {
  assert.equal(neutralFont(parseFont('italic bold 12px Courier')), 'italic 12px "stepwire mono bold"');
  assert.equal(neutralFont(parseFont('12px Arial')), '12px "stepwire sans"');
});
