import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const box = (width, height, more = '') => `<div class="box" style="width: ${width}px; height: ${height}px; ${more}"></div>`;
const canvas = (width, height) => `<canvas class="box" width="${width}" height="${height}"></canvas>`;

/** Where boxes come to lie on a page of 320 × 480 without margins. */
const FLOWS = [
  ['blocks, one below the other', box(10, 20) + box(30, 40), [[0, 0], [0, 20]]], ['with margins, which fall together', `<div style="padding: 1px">${box(10, 20, 'margin: 10px')}${box(10, 20, 'margin: 15px')}</div>`, [[11, 11], [16, 46]]],
  ['with a padding around', `<div style="padding: 5px 7px">${box(10, 20)}${box(10, 20)}</div>`, [[7, 5], [7, 25]]], ['pictures beside each other', canvas(10, 20) + canvas(30, 20), [[0, 0], [10, 0]]],
  ['a centred picture', `<div style="text-align: center">${canvas(100, 20)}</div>`, [[110, 0]]], ['a row of a flex box', `<div style="display: flex">${box(10, 20)}${box(30, 20)}</div>`, [[0, 0], [10, 0]]],
  ['a column of a flex box', `<div style="display: flex; flex-direction: column; align-items: center">${box(20, 20)}${box(40, 20)}</div>`, [[150, 0], [140, 20]]],
  ['boxes with room between', `<div style="display: flex; justify-content: space-between">${box(20, 20)}${box(20, 20)}${box(20, 20)}</div>`, [[0, 0], [150, 0], [300, 0]]],
  ['what is out of the flow takes no room', `${box(10, 20, 'position: absolute')}${box(10, 20)}`, [[0, 0], [0, 0]]], ['what is not shown takes no room', `<div style="display: none">${box(10, 20)}</div>${box(10, 20)}`, [[0, 0], [0, 0]]],
];
for (const [what, html, places] of FLOWS) {
  test(`the flow places ${what}`, () => {
    assert.deepEqual(onPage("[...document.querySelectorAll('.box')].map((b) => b.getBoundingClientRect()).map(({ left, top }) => [left, top])", `<!DOCTYPE html><body style="margin: 0">${html}`), places);
  });
}
