import assert from 'node:assert/strict';
import { test } from 'node:test';

import { characterWidth, NARROW_BOX, NEUTRAL_FAMILIES, WIDE_BOX } from '../../../../js_client/host/realm/canvas/text.js';
import { canvasPackageIn } from '../../../../js_client/host/vm/real-canvas.js';
import { neutralFonts } from '../../../../js_client/host/vm/neutral-font.js';
import { packageFolders } from '../../../../js_client/host/optional.js';

const fonts = neutralFonts();
const canvas = packageFolders().map(canvasPackageIn).find(Boolean);
const skip = canvas ? false : '@napi-rs/canvas is not installed';

test('there is a font for each family that text is drawn in', () => {
  assert.deepEqual(fonts.map(({ family }) => family).sort(), NEUTRAL_FAMILIES.flat().sort());
});

const CHARACTERS = [...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)), NARROW_BOX, WIDE_BOX];
for (const [i, family] of NEUTRAL_FAMILIES.flat().entries()) {
  test(`${family} is as wide as the realm says, for every character`, { skip }, () => {
    const keys = fonts.map((font) => canvas.GlobalFonts.register(Buffer.from(font.data), font.family));
    const context = canvas.createCanvas(10, 10).getContext('2d');
    context.font = `1000px "${family}"`;
    for (const character of CHARACTERS) {
      const expected = characterWidth(character.charCodeAt(0), i >= 2) * (i === 1 ? 1.06 : 1);
      assert.ok(Math.abs(context.measureText(character).width - expected) <= 0.5, `${character}: ${context.measureText(character).width}, not ${expected}`);
    }
    canvas.GlobalFonts.removeBatch(keys);
  });

  test(`${family} shows something for every character but the space, and another thing for each`, { skip }, () => {
    const keys = fonts.map((font) => canvas.GlobalFonts.register(Buffer.from(font.data), font.family));
    const context = canvas.createCanvas(60, 60).getContext('2d');
    context.font = `40px "${family}"`;
    const seen = new Map(CHARACTERS.map((character) => {
      context.clearRect(0, 0, 60, 60);
      context.fillText(character, 5, 45);
      return [character, Buffer.from(context.getImageData(0, 0, 60, 60).data).toString('latin1')];
    }));
    const blank = seen.get(' ');
    assert.ok([...blank].every((byte) => byte === '\0'));
    assert.ok(CHARACTERS.slice(1).every((character) => seen.get(character) !== blank));
    assert.ok(new Set(seen.values()).size >= CHARACTERS.length - 4); // I, l and | are much alike, and so are the boxes
    canvas.GlobalFonts.removeBatch(keys);
  });
}
