import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const PAGE = `<main id="m" class="a b"><p id="p1" class="a">1</p><p id="p2" class="b" title="one two" data-x="abc">2</p>
  <div id="d" lang="en-GB"><span id="s1">3</span><b id="b1">4</b><span id="s2" class="a c">5</span></div>
  <form id="f"><input id="i1" type="checkbox" checked><input id="i2" disabled><select id="sel"><option id="o1">x<option id="o2" selected>y</select></form></main>`;

const SELECTORS = [
  ['p', 'p1 p2'], ['#p2', 'p2'], ['.a', 'm p1 s2'], ['.a.b', 'm'], ['p.a, b', 'p1 b1'], ['main > p', 'p1 p2'], ['main span', 's1 s2'], ['p + p', 'p2'],
  ['p ~ div', 'd'], ['span ~ span', 's2'], ['[title]', 'p2'], ['[title~=two]', 'p2'], ['[data-x^="ab"]', 'p2'], ["[data-x$='bc']", 'p2'], ['[data-x*=b]', 'p2'],
  ['[lang|=en]', 'd'], ['[data-x="ABC" i]', 'p2'], ['div > :first-child', 's1'], ['div > :last-child', 's2'], ['div > :nth-child(2)', 'b1'],
  ['div > :nth-child(odd)', 's1 s2'], ['div > :nth-child(2n+2)', 'b1'], ['div > :nth-last-child(1)', 's2'], ['span:first-of-type', 's1'], ['b:only-of-type', 'b1'],
  ['p:not(.a)', 'p2'], ['div :not(b)', 's1 s2'], [':is(b, p.a)', 'p1 b1'], ['input:checked', 'i1'], ['option:checked', 'o2'], ['input:disabled', 'i2'], ['input:enabled', 'i1'],
  ['div:has(> b)', 'd'], ['P', 'p1 p2'], ['main   >   p.b', 'p2'], ['u', ''], ['main div span.c', 's2'], ['#d > span + b', 'b1'],
];
for (const [selector, ids] of SELECTORS) {
  test(`${selector} finds ${ids || 'nothing'}`, () => {
    const text = JSON.stringify(selector);
    const [all, first] = onPage(`[[...document.querySelectorAll(${text})].map((e) => e.id).join(' '), document.querySelector(${text})?.id ?? '']`, PAGE);
    assert.deepEqual([all, first], [ids, ids.split(' ')[0]]);
  });
}

for (const selector of ['', '>', 'p >', '..a', 'p[', ':unheard-of']) {
  test(`${JSON.stringify(selector)} is no selector`, () => {
    const name = onPage(`(() => { try { document.querySelector(${JSON.stringify(selector)}); } catch (error) { return error.name; } })()`);
    assert.equal(name, 'SyntaxError');
  });
}

test('matches and closest look from an element upwards', () => {
  assert.deepEqual(onPage("[b1.matches('div > b'), b1.matches('p'), b1.closest('main').id, b1.closest('b').id, b1.closest('p')]", PAGE), [true, false, 'm', 'b1', null]);
});

test('a query below an element knows what is above it, and :scope is the element', () => {
  assert.deepEqual(onPage("[d.querySelectorAll('main span').length, d.querySelectorAll(':scope > b').length, document.querySelectorAll(':root').length]", PAGE), [2, 1, 1]);
});
