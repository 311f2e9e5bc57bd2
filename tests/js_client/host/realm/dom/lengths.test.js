import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pixels, translation } from '../../../../../js_client/host/realm/dom/lengths.js';
import { arrived } from '../web/arrived.js';

/** On a screen of 375 × 667, with 200 as the whole. */
const LENGTHS = [
  ['5px', 5], ['-2.5px', -2.5], ['0', 0], ['50%', 100], ['10vw', 37.5], ['10vh', 66.7], ['1vmin', 3.75], ['1vmax', 6.67], ['2rem', 32], ['auto', undefined], ['', undefined],
  ['calc(100% - 20px)', 180], ['calc(10px + 1rem)', 26], ['min(50%, 30px)', 30], ['max(50%, 30px)', 100], ['calc(1px * 2)', undefined], ['1e3px', undefined],
];
for (const [text, expected] of LENGTHS) {
  test(`${JSON.stringify(text)} is ${expected} pixels`, () => {
    arrived();
    const found = pixels(text, () => 200);
    assert.equal(found === undefined ? undefined : Number(found.toFixed(6)), expected);
  });
}

const TRANSFORMS = [
  ['translate(5px, 6px)', 5, 6], ['translate(5px)', 5, 0], ['translateX(-3px)', -3, 0], ['translateY(50%)', 0, 10], ['translate3d(1px, 2px, 3px)', 1, 2], ['rotate(4deg)', 0, 0],
  ['scale(2) translate(5px, 6px)', 5, 6], ['none', 0, 0],
];
for (const [transform, x, y] of TRANSFORMS) {
  test(`${transform} moves by ${x}, ${y}`, () => {
    arrived();
    assert.deepEqual(translation(transform, { width: 40, height: 20 }), { x, y });
  });
}
