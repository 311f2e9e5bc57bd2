import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pixels } from '../../../../../js_client/host/realm/dom/lengths.js';
import { arrived } from '../web/arrived.js';

/** On a screen of 375 × 667, with 200 as the whole. */
const LENGTHS = [
  ['5px', 5], ['-2.5px', -2.5], ['0', 0], ['50%', 100], ['10vw', 37.5], ['10vh', 66.7], ['1vmin', 3.75], ['1vmax', 6.67], ['auto', undefined], ['', undefined],
  ['calc(100% - 20px)', 180], ['calc(10px + 1vw)', 13.75], ['min(50%, 30px)', 30], ['max(50%, 30px)', 100], ['calc(1px * 2)', undefined], ['1e3px', undefined],
];
for (const [text, expected] of LENGTHS) {
  test(`${JSON.stringify(text)} is ${expected} pixels`, () => {
    arrived();
    const found = pixels(text, () => 200, null);
    assert.equal(found === undefined ? undefined : Number(found.toFixed(6)), expected);
  });
}
