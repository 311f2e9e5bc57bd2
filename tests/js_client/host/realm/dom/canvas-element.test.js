import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage, stepped } from './pages.js';

test('a canvas has a standard size, and its own', () => {
  assert.deepEqual(onPage("[c.width, c.height, (c.width = 20, c.getAttribute('width')), (c.width = -5, c.width), (c.setAttribute('height', '7'), c.height), (c.removeAttribute('height'), c.height)]", '<canvas id="c"></canvas>'), [300, 150, '20', 300, 7, 150]);
});

test('a canvas has one context of a kind', () => {
  assert.deepEqual(onPage("[c.getContext('2d') === c.getContext('2d'), c.getContext('2d') instanceof CanvasRenderingContext2D, c.getContext('2d').canvas === c, c.getContext('webgl')]", '<canvas id="c"></canvas>'), [true, true, true, null]);
});

test('a canvas can be written as a URL, and as a blob in a task', () => {
  const html = '<canvas id="c" width="2" height="2"></canvas><script>var told = []; c.toBlob((blob) => told.push(blob === null || blob instanceof Blob)); told.push(c.toDataURL().slice(0, 14));</script>';
  assert.deepEqual(stepped('told', html, [0], {})[0], ['data:image/png', true]);
});
