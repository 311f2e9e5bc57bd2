import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const LIST = '<ul id="list">text<li id="a"></li><li id="b"></li>more</ul>';
const shown = '[...list.childNodes].map((n) => n.id || n.data).join(" ")';

const MOVES = [
  ['list.append(a, "end")', 'text b more a end'], ['list.prepend("new", b)', 'new b text a more'], ['list.replaceChildren(b)', 'b'], ['a.remove()', 'text b more'],
  ['b.before("x", a)', 'text x a b more'], ['a.after("x")', 'text a x b more'], ['a.after(b)', 'text a b more'], ['a.replaceWith("x", "y")', 'text x y b more'], ['list.firstChild.remove()', 'a b more'],
];
for (const [move, expected] of MOVES) {
  test(`after ${move} a list holds ${expected}`, () => {
    assert.equal(onPage(`(${move}, ${shown})`, LIST), expected);
  });
}

test('elements know those beside them, and those within', () => {
  assert.deepEqual(onPage('[list.firstElementChild.id, list.lastElementChild.id, list.childElementCount, a.nextElementSibling.id, a.previousElementSibling, b.previousElementSibling.id]', LIST), ['a', 'b', 2, 'b', null, 'a']);
});

test('what is asked for twice is one list', () => {
  assert.equal(onPage("document.getElementsByTagName('li') === document.getElementsByTagName('li')", LIST), true);
});
