import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const PAGE = '<p id="a" class="x"></p><p id="b" name="bee"></p><b class="x"></b>';

const LISTS = [
  ['childNodes', 'document.body.childNodes', 'NodeList'], ['children', 'document.body.children', 'HTMLCollection'],
  ['querySelectorAll', "document.querySelectorAll('p')", 'NodeList'], ['getElementsByTagName', "document.getElementsByTagName('p')", 'HTMLCollection'],
  ['getElementsByClassName', "document.getElementsByClassName('x')", 'HTMLCollection'],
];
for (const [name, expression, kind] of LISTS) {
  test(`${name} gives a ${kind}`, () => {
    assert.deepEqual(
      onPage(`(() => { const list = ${expression}; return [list instanceof ${kind}, Array.isArray([...list]), list.item(0) === list[0], list.item(99), Object.prototype.toString.call(list)]; })()`, PAGE),
      [true, true, true, null, `[object ${kind}]`],
    );
  });
}

test('what is found by tag or class follows the page; what is found by a selector does not', () => {
  const counts = `(() => {
    const lists = [document.getElementsByTagName('p'), document.getElementsByClassName('x'), document.querySelectorAll('p')];
    a.remove();
    return lists.map(({ length }) => length);
  })()`;
  assert.deepEqual(onPage(counts, PAGE), [1, 1, 2]);
});

test('a live list may be emptied from its front', () => {
  assert.equal(onPage("(() => { const list = document.getElementsByTagName('p'); while (list.length) list[0].remove(); return document.body.children.length; })()", PAGE), 1);
});

test('elements of a collection have their id and name as properties', () => {
  assert.deepEqual(onPage('[document.forms.f.id, document.forms.namedItem("g").id, f.elements.x.id]', '<form id="f"><input id="i" name="x"></form><form id="h" name="g"></form>'), ['f', 'h', 'i']);
});

test('a NodeList can be gone through', () => {
  assert.deepEqual(onPage("(() => { const seen = []; document.querySelectorAll('p').forEach((p, i) => seen.push(p.id + i)); return [...seen, ...document.querySelectorAll('p').keys()]; })()", PAGE), ['a0', 'b1', 0, 1]);
});

test('a live list may be spread, searched and counted like an array', () => {
  assert.deepEqual(onPage("(() => { const list = document.getElementsByTagName('p'); return [Array.from(list).length, Array.prototype.map.call(list, ({ id }) => id), Object.keys(list)]; })()", PAGE), [2, ['a', 'b'], ['0', '1']]);
});
