import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

/** What the box of 40 × 20 at 100, 50 becomes: left, top, width, height. */
const TRANSFORMS = [
  ['none', [100, 50, 40, 20]],
  ['translate(5px, 6px)', [105, 56, 40, 20]],
  ['translate(5px)', [105, 50, 40, 20]],
  ['translateX(-3px)', [97, 50, 40, 20]],
  ['translateY(50%)', [100, 60, 40, 20]],
  ['translate3d(1px, 2px, 3px)', [101, 52, 40, 20]],
  ['translate(-50%, -50%)', [80, 40, 40, 20]],
  ['scale(2)', [80, 40, 80, 40]],
  ['scale(2, 1)', [80, 50, 80, 20]],
  ['scaleX(-1)', [100, 50, 40, 20]],
  ['scale(2) translate(5px, 6px)', [90, 52, 80, 40]],
  ['translate(5px, 6px) scale(2)', [85, 46, 80, 40]],
  ['matrix(2, 0, 0, 3, 4, 5)', [84, 35, 80, 60]],
  ['rotate(4deg)', [100, 50, 40, 20]],
  ['scale(2); transform-origin: 0 0', [100, 50, 80, 40]],
  ['scale(2); transform-origin: top left', [100, 50, 80, 40]],
  ['scale(2); transform-origin: right bottom', [60, 30, 80, 40]],
];
for (const [transform, expected] of TRANSFORMS) {
  test(`${transform} makes a box ${expected}`, () => {
    const html = `<div id="x" style="position: absolute; left: 100px; top: 50px; width: 40px; height: 20px; transform: ${transform}"></div>`;
    assert.deepEqual(onPage('(({ left, top, width, height }) => [left, top, width, height])(x.getBoundingClientRect())', html), expected);
  });
}

test('what is transformed is where it was for offsetLeft', () => {
  assert.deepEqual(onPage('[x.offsetLeft, x.offsetWidth]', '<div id="x" style="position: absolute; left: 9px; width: 8px; transform: translateX(5px) scale(3)"></div>'), [9, 8]);
});
