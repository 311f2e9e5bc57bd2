import assert from 'node:assert/strict';
import { test } from 'node:test';

import { naturalSize } from '../../../../../js_client/host/realm/dom/natural-sizes.js';

/** As much of an element as its size is told by. */
const element = (localName, attributes = {}, more = {}) => ({ localName, getAttribute: (name) => attributes[name] ?? null, ...more });
const picture = { naturalWidth: 40, naturalHeight: 20 };

const SIZES = [
  ['a canvas', element('canvas', {}, { width: 7, height: 8 }), { width: 7, height: 8 }], ['a picture', element('img', {}, picture), { width: 40, height: 20 }],
  ['a picture of which one side is said', element('img', { width: '80' }, picture), { width: 80, height: 40 }], ['a picture of which both are', element('img', { width: '1', height: '2' }, picture), { width: 1, height: 2 }],
  ['a video', element('video'), { width: 300, height: 150 }], ['a video with a width', element('video', { width: '10' }), { width: 10, height: 150 }], ['a paragraph', element('p'), undefined],
];
for (const [what, of, expected] of SIZES) {
  test(`${what} is ${expected ? `${expected.width} × ${expected.height}` : 'of no size of its own'}`, () => {
    assert.deepEqual(naturalSize(of), expected);
  });
}
