import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const PAGE = '<label id="l"><input id="c" type="checkbox"><b id="b">x</b></label><form id="f"><button id="s"><i id="i">y</i></button></form><script>var told = []; f.onsubmit = () => { told.push("sent"); return false; };</script>';

const CLICKS = [
  ['a box is ticked before its listeners hear', 'c.onclick = () => told.push(c.checked), c.click()', [true]], ['what is prevented is undone', 'c.onclick = () => false, c.click(), told.push(c.checked)', [false]],
  ['what is within a label ticks its box', 'b.click(), told.push(c.checked)', [true]], ['a click within a button sends its form', 'i.click()', ['sent']],
  ['a click that bubbles not does nothing above', 'i.dispatchEvent(new MouseEvent("click")), told.push("end")', ['end']],
  ['an event that is made does the same', 'c.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })), told.push(c.checked)', [true]],
  ['another event does nothing', 'c.dispatchEvent(new MouseEvent("mousedown", { bubbles: true })), told.push(c.checked)', [false]],
];
for (const [what, work, expected] of CLICKS) {
  test(what, () => {
    assert.deepEqual(onPage(`(${work}, told)`, PAGE), expected);
  });
}
