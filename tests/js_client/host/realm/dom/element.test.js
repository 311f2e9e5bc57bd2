import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const PAGE = '<div id="box" class="one two" data-level="3"><b>bold</b> text</div>';
const after = (/** @type {string} */ work, /** @type {string} */ result) => onPage(`(() => { ${work}; return ${result}; })()`, PAGE);

const FACTS = [
  ['names', '[box.tagName, box.localName, box.nodeName, box.namespaceURI]', ['DIV', 'div', 'DIV', 'http://www.w3.org/1999/xhtml']],
  ['id and class', '[box.id, box.className]', ['box', 'one two']],
  ['attributes', "[box.getAttribute('data-level'), box.getAttribute('DATA-LEVEL'), box.getAttribute('none'), box.hasAttribute('class'), box.getAttributeNames()]", ['3', '3', null, true, ['id', 'class', 'data-level']]],
  ['HTML within and around', '[box.innerHTML, box.firstChild.outerHTML]', ['<b>bold</b> text', '<b>bold</b>']],
  ['text', '[box.textContent, box.innerText]', ['bold text', 'bold text']],
];
for (const [what, expression, expected] of FACTS) {
  test(`an element has ${what}`, () => {
    assert.deepEqual(onPage(expression, PAGE), expected);
  });
}

const CHANGES = [
  ["box.textContent = '<i>'", 'box.innerHTML', '&lt;i&gt;'], ['box.textContent = null', 'box.childNodes.length', 0],
  ["box.innerHTML = '<i>x</i>'", 'box.children[0].tagName', 'I'], ["box.innerText = 'a\\nb'", 'box.innerHTML', 'a<br>b'],
  ["box.outerHTML = '<p>new</p>'", 'document.body.innerHTML', '<p>new</p>'],
  ["box.setAttribute('title', 5)", 'box.title', '5'], ["box.removeAttribute('class')", 'box.className', ''], ["box.toggleAttribute('hidden')", 'box.hidden', true],
  ["box.insertAdjacentHTML('beforebegin', '<i></i>')", 'box.previousSibling.tagName', 'I'], ["box.insertAdjacentHTML('afterbegin', '<i></i>')", 'box.firstChild.tagName', 'I'],
  ["box.insertAdjacentText('beforeend', '!')", 'box.textContent', 'bold text!'], ["box.insertAdjacentElement('afterend', document.createElement('i'))", 'box.nextSibling.tagName', 'I'],
];
for (const [change, result, expected] of CHANGES) {
  test(`after ${change} ${result} is ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(after(change, result), expected);
  });
}

test('a copy has attributes, and children when asked for', () => {
  assert.deepEqual(after('const [flat, deep] = [box.cloneNode(), box.cloneNode(true)]', '[flat.outerHTML, deep.outerHTML, deep === box, deep.isConnected]'), [
    '<div id="box" class="one two" data-level="3"></div>', PAGE, false, false,
  ]);
});

test('an attribute like onclick is a function, with the element and the event in its scope', () => {
  const html = '<button id="b" onclick="hits.push(this.id, event.type, title)" title="T">x</button><script>var hits = [];</script>';
  assert.deepEqual(onPage('(b.click(), b.setAttribute("onclick", "hits.push(1)"), b.click(), b.removeAttribute("onclick"), b.click(), hits)', html), ['b', 'click', 'T', 1]);
});

test('elements of SVG keep the case of their names', () => {
  assert.deepEqual(onPage("(() => { const e = document.createElementNS('http://www.w3.org/2000/svg', 'linearGradient'); return [e.tagName, e instanceof HTMLElement, e instanceof Element]; })()"), ['linearGradient', false, true]);
});
