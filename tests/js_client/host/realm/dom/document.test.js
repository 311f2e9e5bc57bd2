import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage, opened, stepped } from './pages.js';

const PAGE = '<!DOCTYPE html><title> My  game </title><meta name="x"><p id="a" name="n" class="k">1</p><form id="f"></form><img id="i"><a href="#" id="l">x</a>';

const FACTS = [
  ['parts', '[document.documentElement.tagName, document.head.tagName, document.body.tagName, document.defaultView === window]', ['HTML', 'HEAD', 'BODY', true]],
  ['a title', '[document.title, (document.title = "New", document.querySelector("title").textContent)]', ['My game', 'New']],
  ['elements by id, name, class and tag', "[document.getElementById('a').id, document.getElementById('none'), document.getElementsByName('n').length, document.getElementsByClassName('k').length, document.getElementsByTagName('*').length > 6]", ['a', null, 1, 1, true]],
  ['collections', '[document.forms.length, document.images.length, document.links.length, document.scripts.length]', [1, 1, 1, 0]],
  ['nothing hidden', '[document.hidden, document.visibilityState, document.hasFocus()]', [false, 'visible', true]],
  ['an address', '[document.URL, document.location === location, document.domain, document.referrer]', ['https://game.stepwire/index.html', true, 'game.stepwire', '']],
  ['the body focused', '[document.activeElement.tagName, document.characterSet]', ['BODY', 'UTF-8']],
];
for (const [what, expression, expected] of FACTS) {
  test(`a document has ${what}`, () => {
    assert.deepEqual(onPage(expression, PAGE), expected);
  });
}

test('cookies are kept by name', () => {
  assert.deepEqual(onPage("(document.cookie = 'a=1; path=/', document.cookie = 'b=2', document.cookie = 'a=3', document.cookie.split('; ').sort())", PAGE), ['a=3', 'b=2']);
});

test('elements are made by name, texts by what they say', () => {
  assert.deepEqual(onPage("[document.createElement('DIV').outerHTML, document.createElement('unheard') instanceof HTMLUnknownElement, document.createTextNode(5).data, document.createDocumentFragment().nodeType, document.createComment('c').nodeType]"), ['<div></div>', true, '5', 11, 8]);
});

for (const [kind, prototype] of [['Event', 'Event'], ['MouseEvents', 'MouseEvent'], ['HTMLEvents', 'Event'], ['CustomEvent', 'CustomEvent']]) {
  test(`createEvent('${kind}') makes a ${prototype}`, () => {
    assert.equal(onPage(`(() => { const e = document.createEvent('${kind}'); e.initEvent('x', true, true); return e instanceof ${prototype} && e.bubbles; })()`), true);
  });
}

test('another document can be made', () => {
  assert.deepEqual(onPage("(() => { const other = document.implementation.createHTMLDocument('T'); other.body.innerHTML = '<p>x</p>'; return [other.title, other.body.textContent, other === document, other.defaultView]; })()"), ['T', 'x', false, null]);
});

test('a node of another document is adopted or imported', () => {
  assert.deepEqual(onPage("(() => { const other = document.implementation.createHTMLDocument(''); other.body.innerHTML = '<p>x</p>'; const copy = document.importNode(other.body.firstChild, true); document.body.append(document.adoptNode(other.body.firstChild)); return [copy.ownerDocument === document, copy.textContent, document.body.lastChild.ownerDocument === document]; })()"), [true, 'x', true]);
});

test('HTML can be parsed into a document', () => {
  assert.deepEqual(onPage("[new DOMParser().parseFromString('<p>x</p>', 'text/html').body.innerHTML, new XMLSerializer().serializeToString(document.createElement('b'))]"), ['<p>x</p>', '<b xmlns="http://www.w3.org/1999/xhtml"></b>']);
});

test('a script writes into the page where it stands', () => {
  assert.equal(onPage('document.body.innerHTML', "<p>1</p><script>document.write('<p>2</p>')</script><p>3</p>").replace(/<script>.*?<\/script>/, ''), '<p>1</p><p>2</p><p>3</p>');
});

test('a page is loading while its scripts run, then interactive, then complete', () => {
  const html = `<script>var states = [document.readyState];
    document.addEventListener('readystatechange', () => states.push(document.readyState));
    document.addEventListener('DOMContentLoaded', () => states.push('ready'));
    addEventListener('load', () => states.push('load'));</script>`;
  assert.deepEqual(stepped('states', html, [0], {})[0], ['loading', 'interactive', 'ready', 'complete', 'load']);
});

test('what is at a point is asked of the document', () => {
  const html = '<body style="margin: 0"><canvas id="c" width="100" height="50" style="position: absolute; left: 10px; top: 20px"></canvas>';
  assert.deepEqual(onPage('[document.elementFromPoint(15, 25).id, document.elementFromPoint(5, 5).tagName, document.elementFromPoint(-1, 0), document.elementsFromPoint(15, 25)[0].id]', html), ['c', 'BODY', null, 'c']);
});

test('an empty page is a page', () => {
  assert.deepEqual(opened('').fidelity, {});
});
