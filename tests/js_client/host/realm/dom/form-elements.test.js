import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const PAGE = `<form id="f" name="form"><input id="t" name="text" value="a"><input id="c" type="checkbox"><input id="r1" type="radio" name="r" value="1" checked><input id="r2" type="radio" name="r" value="2">
<select id="s"><option value="x">X<option id="o" value="y">Y</select><textarea id="a">text</textarea><input id="g" type="range" min="1" max="5" value="9">
<button id="b">send</button><button id="n" type="reset">reset</button><label id="l" for="c">box</label></form>
<script>var told = []; for (const type of ['input', 'change', 'submit', 'reset', 'click']) f.addEventListener(type, (e) => { told.push(type + ' ' + e.target.id); if (type === 'submit') e.preventDefault(); });</script>`;

const READ = [
  ['t.value', 'a'], ['t.type', 'text'], ['c.checked', false], ['c.value', 'on'], ['r1.checked', true], ['s.value', 'x'], ['s.selectedIndex', 0], ['s.options.length', 2],
  ['s.options[1].text', 'Y'], ['a.value', 'text'], ['g.value', '5'], ['g.valueAsNumber', 5], ['t.form.id', 'f'], ['f.elements.length', 9], ['f.elements.text.id', 't'], ['l.control.id', 'c'],
  ['document.forms.form.id', 'f'], ['c.labels.length', 1],
];
for (const [expression, expected] of READ) {
  test(`${expression} is ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(onPage(expression, PAGE), expected);
  });
}

const WORKS = [
  ["t.value = 'b'", '[t.value, t.getAttribute("value"), t.defaultValue]', ['b', 'a', 'a']], ['c.checked = true', '[c.checked, c.hasAttribute("checked")]', [true, false]],
  ['r2.checked = true', '[r1.checked, r2.checked]', [false, true]], ["s.value = 'y'", '[s.selectedIndex, o.selected, s.selectedOptions[0].id]', [1, true, 'o']],
  ['s.selectedIndex = 1', 's.value', 'y'], ["s.add(new Option('Z', 'z'))", '[s.length, s.options[2].value]', [3, 'z']], ["a.value = 'new'", '[a.value, a.textContent]', ['new', 'text']],
  ['c.click()', '[c.checked, told]', [true, ['click c', 'input c', 'change c']]], ['l.click()', '[c.checked, told]', [true, ['click l', 'click c', 'input c', 'change c']]],
  ['r2.click()', '[r1.checked, told]', [false, ['click r2', 'input r2', 'change r2']]], ['b.click()', 'told', ['click b', 'submit f']], ["t.value = 'b', c.checked = true, n.click()", '[t.value, c.checked, told]', ['a', false, ['click n', 'reset f']]],
  ['c.disabled = true, c.click()', '[c.checked, told]', [false, []]], ['c.onclick = () => false, c.click()', '[c.checked, told]', [false, ['click c']]],
];
for (const [work, expression, expected] of WORKS) {
  test(`after ${work} ${expression} is ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(onPage(`(${work}, ${expression})`, PAGE), expected);
  });
}

test('a form is data', () => {
  assert.deepEqual(onPage('[...new FormData(f)].filter(([name]) => name)', PAGE), [['text', 'a'], ['r', '1']]);
});

test('a form that is sent goes nowhere, and that is noted', async () => {
  const { opened } = await import('./pages.js');
  assert.match(opened('<form id="f" action="/save"></form><script>f.submit()</script>').fidelity.needs_browser[0], /form to \/save/);
});
