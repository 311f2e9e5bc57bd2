import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const HTML = '<!DOCTYPE html><style>.wide { width: 90px }</style><body style="margin: 0"><div id="a" style="height: 10px; width: 50px"></div><div id="b" style="position: relative; height: 5px; width: 50%"><i id="c" style="position: absolute; left: 3px; top: 1px; width: 2px; height: 2px"></i></div>';
const rect = (/** @type {string} */ id) => `(({ left, top, width }) => [left, top, width])(${id}.getBoundingClientRect())`;

/** What is done between two measurements, and what the second one gives. */
const CHANGES = [
  ['nothing', '0', [3, 11, 2]],
  ['a style of its own', 'c.style.left = "7px"', [7, 11, 2]],
  ['a transform of its own', 'c.style.transform = "translateX(5px)"', [8, 11, 2]],
  ['a style of what is above', 'a.style.height = "30px"', [3, 31, 2]],
  ['a transform around it', 'b.style.transform = "translateX(5px)"', [8, 11, 2]],
  ['what is placed before', 'document.body.prepend(Object.assign(document.createElement("div"), { style: "height: 4px" }))', [3, 15, 2]],
  ['what is taken away', 'a.remove()', [3, 1, 2]],
  ['a class', 'c.style.width = ""; c.className = "wide"', [3, 11, 90]],
  ['a style sheet', 'document.querySelector("style").textContent = "#c { width: 8px !important }"', [3, 11, 8]],
  ['colours, which move nothing', 'c.style.color = "red"; c.style.opacity = 0.5', [3, 11, 2]],
  ['its parent’s style as a text', 'b.setAttribute("style", "position: absolute; top: 40px")', [3, 41, 2]],
];
for (const [what, change, expected] of CHANGES) {
  test(`a box that is measured again after ${what} is as it is then`, () => {
    assert.deepEqual(onPage(`(() => { ${rect('c')}; ${rect('a')}; ${change}; return ${rect('c')}; })()`, HTML), expected);
  });
}

test('what is stretched between two sides follows when one of them moves', () => {
  const html = '<div id="x" style="position: absolute; left: 10px; right: 10px; top: 0; height: 1px"></div>';
  assert.deepEqual(onPage('[x.offsetWidth, (x.style.left = "50px", x.offsetWidth)]', html), [300, 260]);
});

test('sizes that depend on each other end, and are none', () => {
  assert.equal(onPage('x.offsetWidth', '<div style="float: left"><div id="x" style="width: 100%; height: 3px"></div></div>'), 0);
});
