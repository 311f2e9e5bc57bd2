import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const PAGE = `<input id="i"><button id="b">x</button><p id="p" tabindex="0">y</p><div id="d">z</div>
<script>var told = []; for (const type of ['focus', 'blur', 'focusin', 'focusout']) for (const e of [i, b, p, d]) e.addEventListener(type, () => told.push(type + ' ' + e.id));</script>`;

test('the focus moves, and both elements are told', () => {
  assert.deepEqual(onPage('(i.focus(), b.focus(), [document.activeElement.id, told])', PAGE), ['b', ['focus i', 'focusin i', 'blur i', 'focusout i', 'focus b', 'focusin b']]);
});

const FOCUSING = [['p.focus()', 'p'], ['d.focus()', 'BODY'], ['i.focus(), i.blur()', 'BODY'], ['b.disabled = true, b.focus()', 'BODY'], ['i.focus(), i.remove()', 'BODY'], ['d.tabIndex = -1, d.focus()', 'd']];
for (const [work, expected] of FOCUSING) {
  test(`after ${work} the focus is on ${expected}`, () => {
    assert.equal(onPage(`(${work}, document.activeElement.id || document.activeElement.tagName)`, PAGE), expected);
  });
}

test('click dispatches a click that bubbles', () => {
  assert.deepEqual(onPage("(() => { const heard = []; document.onclick = (e) => heard.push(e.target.id, e instanceof MouseEvent, e.bubbles); d.click(); return heard; })()", PAGE), ['d', true, true]);
});

test('an element is no global class to be made by itself', () => {
  assert.equal(onPage('(() => { try { new HTMLElement(); } catch (error) { return error.name; } })()'), 'TypeError');
});

const CUSTOM = `<x-hero id="h" level="1"></x-hero><script>
  var told = [];
  class Hero extends HTMLElement {
    static observedAttributes = ['level'];
    constructor() { super(); told.push('made'); }
    connectedCallback() { told.push('connected'); }
    disconnectedCallback() { told.push('gone'); }
    attributeChangedCallback(name, before, value) { told.push(name + ' ' + value); }
    get power() { return 9; }
  }
  customElements.define('x-hero', Hero);
</script>`;
test('a custom element is made, told of attributes, connected, and let go', () => {
  assert.deepEqual(onPage("(h.setAttribute('level', 2), h.power, h.remove(), [told.filter((word) => word !== 'level 1'), customElements.get('x-hero') === Hero])", CUSTOM), [['made', 'connected', 'level 2', 'gone'], true]);
});

test('a custom element can be made by new and by name', () => {
  assert.deepEqual(onPage("[new Hero().localName, document.createElement('x-hero') instanceof Hero, document.createElement('x-hero').power]", CUSTOM), ['x-hero', true, 9]);
});

test('what a page shows is its inner text', () => {
  assert.equal(onPage('d.innerText', '<div id="d">a<br>b <b> c</b><script>x</script><p>d</p></div>'), 'a\nb c\n\nd');
});
