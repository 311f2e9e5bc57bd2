import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const BOX = '<div id="box" class="a b" data-high-score="7" data-x></div>';

const CLASSES = [
  ["add('c', 'a')", 'a b c'], ["remove('a')", 'b'], ["toggle('a')", 'b'], ["toggle('c')", 'a b c'], ["toggle('a', true)", 'a b'], ["toggle('c', false)", 'a b'], ["replace('a', 'z')", 'z b'],
];
for (const [call, expected] of CLASSES) {
  test(`classList.${call} makes "a b" "${expected}"`, () => {
    assert.equal(onPage(`(box.classList.${call}, box.className)`, BOX), expected);
  });
}

test('classList is a list of names, and follows the attribute', () => {
  assert.deepEqual(onPage("[box.classList.length, box.classList[1], box.classList.item(5), box.classList.contains('a'), [...box.classList], (box.className = 'n', box.classList.value)]", BOX), [2, 'b', null, true, ['a', 'b'], 'n']);
});

for (const [name, expected] of [['', 'SyntaxError'], ['a b', 'InvalidCharacterError']]) {
  test(`${JSON.stringify(name)} is no name of a class`, () => {
    assert.equal(onPage(`(() => { try { box.classList.add(${JSON.stringify(name)}); } catch (error) { return error.name; } })()`, BOX), expected);
  });
}

test('dataset has data attributes in camel case', () => {
  assert.deepEqual(onPage("(box.dataset.newOne = 1, delete box.dataset.x, [box.dataset.highScore, box.dataset.none, 'x' in box.dataset, { ...box.dataset }, box.getAttribute('data-new-one')])", BOX), [
    '7', null, false, { highScore: '7', newOne: '1' }, '1',
  ]);
});

test('attributes are objects with a name and a value', () => {
  assert.deepEqual(onPage("[box.attributes.length, box.attributes[0].name, box.attributes.id.value, box.getAttributeNode('class').value, Array.from(box.attributes, (a) => a.name)]", BOX), [
    4, 'id', 'box', 'a b', ['id', 'class', 'data-high-score', 'data-x'],
  ]);
});

test('what is changed through an attribute object is changed in the element', () => {
  assert.equal(onPage("(box.attributes.id.value = 'other', document.getElementById('other').tagName)", BOX), 'DIV');
});
