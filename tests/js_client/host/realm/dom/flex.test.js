import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const item = (style = '') => `<div style="width: 20px; height: 10px; ${style}"></div>`;
/** Where the items of a box of 200 × 100 are: left and top. */
const BOXES = [
  ['display: flex', item() + item(), [[0, 0], [20, 0]]],
  ['display: flex; gap: 5px', item() + item(), [[0, 0], [25, 0]]],
  ['display: flex; flex-direction: column', item() + item(), [[0, 0], [0, 10]]],
  ['display: flex; justify-content: center', item() + item(), [[80, 0], [100, 0]]],
  ['display: flex; justify-content: flex-end', item(), [[180, 0]]],
  ['display: flex; justify-content: space-between', item() + item() + item(), [[0, 0], [90, 0], [180, 0]]],
  ['display: flex; justify-content: space-around', item() + item(), [[40, 0], [140, 0]]],
  ['display: flex; justify-content: space-evenly', item(), [[90, 0]]],
  ['display: flex; align-items: center', item() + item('align-self: flex-end'), [[0, 45], [20, 90]]],
  ['display: flex; flex-direction: column; align-items: center', item(), [[90, 0]]],
  ['display: flex', item('margin: 3px') + item(), [[3, 3], [26, 0]]],
  ['display: flex', item('display: none') + item('position: absolute') + item(), [[0, 0], [0, 0], [0, 0]]],
  ['display: grid; place-items: center', item(), [[90, 45]]],
  ['display: grid; place-content: center', item(), [[90, 45]]],
  ['display: grid; align-items: end; justify-items: center', item(), [[90, 90]]],
  ['display: grid', item('justify-self: end; align-self: center'), [[180, 45]]],
];
for (const [style, items, expected] of BOXES) {
  test(`${style} places ${items.split('<div').length - 1} at ${JSON.stringify(expected)}`, () => {
    const html = `<!DOCTYPE html><body style="margin: 0"><div id="box" style="width: 200px; height: 100px; ${style}">${items}</div>`;
    assert.deepEqual(onPage('Array.from(box.children, (e) => (({ left, top }) => [left, top])(e.getBoundingClientRect()))', html), expected);
  });
}

/** How large the items are: width and height. */
const SIZES = [
  ['', '<div style="flex: 1"></div><div style="flex: 3"></div>', [[50, 100], [150, 100]]],
  ['', '<div style="width: 60px"></div><div style="flex-grow: 1; height: 5px"></div>', [[60, 100], [140, 5]]],
  ['flex-direction: column;', '<div style="height: 30px"></div><div style="flex: 1"></div>', [[200, 30], [200, 70]]],
  ['', '<div style="flex: 1; margin: 10px"></div>', [[180, 80]]],
];
for (const [style, items, expected] of SIZES) {
  test(`${style} ${items} are ${JSON.stringify(expected)}`, () => {
    const html = `<!DOCTYPE html><body style="margin: 0"><div id="box" style="width: 200px; height: 100px; display: flex; ${style}">${items}</div>`;
    assert.deepEqual(onPage('Array.from(box.children, (e) => [e.offsetWidth, e.offsetHeight])', html), expected);
  });
}
