import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const PAGE = `<style>
  :root { --main: rgb(1, 2, 3); }
  b { color: red; left: 1px; }
  .big { font-size: 30px; left: 2px; }
  #one { left: 3px; }
  .big.strong { top: 9px !important; }
  @media (max-width: 100px) { b { bottom: 1px; } }
  @media screen and (min-width: 100px) { b { bottom: 2px; } }
  @keyframes turn { from { left: 100px; } }
  i { color: var(--main); width: var(--none, 4px); }
  .gone, nonsense:::x { display: none; }
  .hidden { display: none; }
</style><div style="color: blue; visibility: hidden"><b id="one" class="big strong" style="top: 1px; right: 7px">x</b><i id="two"></i><p id="three" class="hidden"></p></div><span id="four" hidden></span>`;

const VALUES = [
  ['one', 'color', 'rgb(255, 0, 0)'], ['one', 'left', '3px'], ['one', 'top', '9px'], ['one', 'right', '7px'], ['one', 'bottom', '2px'], ['one', 'fontSize', '30px'], ['one', 'visibility', 'hidden'],
  ['one', 'position', 'static'], ['one', 'display', 'inline'], ['two', 'color', 'rgb(1, 2, 3)'], ['two', 'width', '4px'], ['three', 'color', 'rgb(0, 0, 255)'], ['three', 'display', 'none'],
  ['four', 'display', 'none'], ['three', 'opacity', '1'], ['three', 'marginTop', '16px'],
];
for (const [id, property, expected] of VALUES) {
  test(`the computed ${property} of #${id} is ${expected}`, () => {
    assert.equal(onPage(`getComputedStyle(${id}).${property}`, PAGE), expected);
  });
}

test('a computed style follows the page, and cannot be set', () => {
  assert.deepEqual(onPage("(() => { const s = getComputedStyle(three); let before; try { s.color = 'green'; } catch (error) { before = error.name; } three.className = ''; return [before, s.display, s.getPropertyValue('color')]; })()", PAGE), ['NoModificationAllowedError', 'block', 'rgb(0, 0, 255)']);
});
