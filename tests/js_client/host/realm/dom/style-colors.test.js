import assert from 'node:assert/strict';
import { test } from 'node:test';

import { computedColor, writtenColor } from '../../../../../js_client/host/realm/dom/style-colors.js';

const COLORS = [
  ['red', 'red', 'rgb(255, 0, 0)'], ['Red', 'red', 'rgb(255, 0, 0)'], ['#f00', 'rgb(255, 0, 0)', 'rgb(255, 0, 0)'], ['#0000ff80', 'rgba(0, 0, 255, 0.5)', 'rgba(0, 0, 255, 0.5)'],
  ['hsl(120, 100%, 50%)', 'rgb(0, 255, 0)', 'rgb(0, 255, 0)'], ['transparent', 'transparent', 'rgba(0, 0, 0, 0)'], ['currentColor', 'currentcolor', 'currentColor'], ['var(--a)', 'var(--a)', 'var(--a)'],
  ['nonsense', undefined, 'nonsense'],
];
for (const [text, written, computed] of COLORS) {
  test(`${text} is ${written ?? 'refused'} in a style, and ${computed} in a computed one`, () => {
    assert.deepEqual([writtenColor(text), computedColor(text)], [written, computed]);
  });
}
