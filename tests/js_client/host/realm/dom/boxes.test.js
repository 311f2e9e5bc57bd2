import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage, opened } from './pages.js';

/** What an element's box is on a page of 320 × 480 whose body has no margin: left, top, width, height. */
const BOXES = [
  ['a canvas', '<canvas id="x" width="100" height="50"></canvas>', [0, 0, 100, 50]],
  ['a canvas that a style makes larger', '<canvas id="x" width="100" height="50" style="width: 200px; height: 80px"></canvas>', [0, 0, 200, 80]],
  ['a canvas that keeps its shape', '<canvas id="x" width="100" height="50" style="width: 100%"></canvas>', [0, 0, 320, 160]],
  ['a positioned block', '<div id="x" style="position: absolute; left: 10px; top: 20px; width: 30px; height: 40px"></div>', [10, 20, 30, 40]],
  ['one that is placed from the other side', '<div id="x" style="position: absolute; right: 10px; bottom: 20px; width: 30px; height: 40px"></div>', [280, 420, 30, 40]],
  ['one that is stretched', '<div id="x" style="position: fixed; left: 10px; right: 10px; top: 5px; bottom: 5px"></div>', [10, 5, 300, 470]],
  ['one that fills the screen', '<div id="x" style="position: absolute; inset: 0"></div>', [0, 0, 320, 480]],
  ['one within a positioned one', '<div style="position: absolute; left: 10px; top: 10px; width: 100px; height: 100px"><div id="x" style="position: absolute; left: 5px; top: 50%; width: 50%; height: 1px"></div></div>', [15, 60, 50, 1]],
  ['one that is shifted', '<div id="x" style="position: relative; left: 5px; width: 10px; height: 10px"></div>', [5, 0, 10, 10]],
  ['one that is translated', '<div id="x" style="width: 10px; height: 10px; transform: translate(7px, 50%)"></div>', [7, 5, 10, 10]],
  ['one with padding and a border', '<div id="x" style="width: 10px; height: 10px; padding: 2px; border: 1px solid"></div>', [0, 0, 16, 16]],
  ['one that is measured with its border', '<div id="x" style="box-sizing: border-box; width: 10px; height: 10px; padding: 2px; border: 1px solid"></div>', [0, 0, 10, 10]],
  ['a block as wide as its parent', '<div id="x" style="height: 10px"></div>', [0, 0, 320, 10]],
  ['a block below another', '<div style="height: 30px"></div><div id="x" style="height: 10px"></div>', [0, 30, 320, 10]],
  ['a block around a canvas', '<div id="x"><canvas width="100" height="50" style="display: block"></canvas></div>', [0, 0, 320, 50]],
  ['a centred block', '<div id="x" style="width: 100px; height: 10px; margin: 0 auto"></div>', [110, 0, 100, 10]],
  ['the centre of a flex box', '<div style="display: flex; justify-content: center; align-items: center; height: 100px"><div id="x" style="width: 20px; height: 20px"></div></div>', [150, 40, 20, 20]],
  ['a share of the screen', '<div id="x" style="width: 50vw; height: 25vh"></div>', [0, 0, 160, 120]],
  ['one with a limit', '<div id="x" style="width: 300px; max-width: 100px; height: 1px; min-height: 5px"></div>', [0, 0, 100, 5]],
  ['one whose margin falls out of its parent', '<div style="margin-top: 20px"><div id="x" style="height: 5px; margin-top: 30px"></div></div>', [0, 30, 320, 5]],
  ['a block below two margins that fall together', '<div style="height: 10px; margin-bottom: 5px"></div><div id="x" style="height: 10px; margin-top: 8px"></div>', [0, 18, 320, 10]],
  ['what a flex box leaves', '<div style="display: flex; height: 50px"><div style="width: 20px"></div><div id="x" style="flex: 1"></div></div>', [20, 0, 300, 50]],
  ['the centre of a grid', '<div style="display: grid; place-items: center; height: 100px"><div id="x" style="width: 20px; height: 20px"></div></div>', [150, 40, 20, 20]],
  ['one that is scaled', '<div id="x" style="width: 10px; height: 20px; transform: scale(2); transform-origin: 0 0"></div>', [0, 0, 20, 40]],
  ['one within a scaled one', '<div style="width: 100px; height: 100px; transform: scale(0.5)"><div id="x" style="position: relative; left: 20px; width: 10px; height: 10px"></div></div>', [35, 25, 5, 5]],
  ['one as large as its font says', '<div style="font-size: 20px"><div id="x" style="width: 2em; height: 1rem"></div></div>', [0, 0, 40, 16]],
  ['a block around a canvas that stands on a line', '<div id="x"><canvas width="100" height="50"></canvas></div>', [0, 0, 320, 54]],
  ['one that is not shown', '<div id="x" style="width: 10px; height: 10px; display: none"></div>', [0, 0, 0, 0]],
  ['one that is as wide as its content', '<div style="float: left" id="x"><div style="height: 5px"><canvas width="40" height="5" style="display: block"></canvas></div></div>', [0, 0, 40, 5]],
];
for (const [what, html, expected] of BOXES) {
  test(`the box of ${what} is ${expected}`, () => {
    const { info, fidelity } = opened(`<!DOCTYPE html><body style="margin: 0">${html}`, {}, { info: { value: 'JSON.stringify((({ left, top, width, height }) => [left, top, width, height])(x.getBoundingClientRect()))' } });
    assert.deepEqual([JSON.parse(info.value), fidelity], [expected, {}]);
  });
}

test('sizes are also offset and client sizes', () => {
  const html = '<body style="margin: 0"><div id="o" style="position: absolute; left: 10px; top: 10px; width: 100px; height: 100px; border: 2px solid"><p id="x" style="position: absolute; left: 5px; top: 6px; width: 50px; height: 20px"></p></div>';
  assert.deepEqual(onPage('[o.offsetWidth, o.clientWidth, o.offsetLeft, x.offsetParent.id, x.clientHeight]', html), [104, 100, 10, 'o', 20]);
});

test('the screen is the size of the page', () => {
  assert.deepEqual(onPage('[document.documentElement.clientWidth, document.documentElement.clientHeight, innerWidth, innerHeight]', '<p>x'), [320, 480, 320, 480]);
});

test('what only a layout knows is noted', () => {
  assert.equal(onPage('x.getBoundingClientRect().width', '<span id="x">some text</span>'), 0);
  assert.match(opened('<span id="x">some text</span><script>x.offsetWidth</script>').fidelity.needs_browser[0], /span/);
});

test('the topmost box with a point is hit', () => {
  const box = (/** @type {string} */ id, /** @type {string} */ more) => `<div id="${id}" style="position: absolute; left: 0; top: 0; width: 50px; height: 50px; ${more}"></div>`;
  const html = `<body style="margin: 0">${box('low', '')}${box('high', 'z-index: 2')}${box('later', 'left: 40px')}${box('veil', 'pointer-events: none; z-index: 9')}${box('gone', 'display: none')}`;
  assert.deepEqual(onPage('[[5, 5], [60, 5], [200, 200]].map(([x, y]) => document.elementFromPoint(x, y)).map((e) => e.id || e.tagName)', html), ['high', 'later', 'BODY']);
});
