import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

/** A tree that is changed at random stays whole: read forwards, backwards and by lists, it is the same. */
const CHANGED_AT_RANDOM = `(() => {
  const root = document.createElement('div');
  document.body.append(root);
  const all = Array.from({ length: 12 }, (_, i) => Object.assign(document.createElement('i'), { id: 'n' + i }));
  root.append(...all);
  const anyOf = (list) => list[Math.floor(Math.random() * list.length)];
  const backwards = (node) => { const list = []; for (let at = node.lastChild; at; at = at.previousSibling) list.unshift(at); return list; };
  for (let i = 0; i < 400; i += 1) {
    const [parent, child] = [anyOf([root, ...all]), anyOf(all)];
    if (!child.contains(parent)) parent.insertBefore(child, Math.random() < 0.5 ? parent.firstChild : null);
    if (i % 7 === 0 && child.parentNode) child.remove();
    for (const node of [root, ...all]) {
      const forwards = [...node.childNodes];
      const isWhole = forwards.every((one, at) => one === backwards(node)[at] && one.parentNode === node) && forwards.length === node.children.length;
      if (!isWhole) return 'broken at ' + i;
    }
  }
  return root.getElementsByTagName('i').length === root.querySelectorAll('i').length ? 'whole' : 'lost some';
})()`;

test('a tree stays whole, whatever is moved', () => {
  assert.equal(onPage(CHANGED_AT_RANDOM), 'whole');
});

test('what comes into the document, or goes out of it, is told to all that is in it', () => {
  const html = `<script>var told = [];
    customElements.define('x-told', class extends HTMLElement {
      connectedCallback() { told.push('+' + this.id); }
      disconnectedCallback() { told.push('-' + this.id); }
    });</script><div id="box"><x-told id="a"></x-told></div>`;
  assert.deepEqual(onPage("(box.insertAdjacentHTML('beforeend', '<p><x-told id=b></x-told></p>'), box.remove(), told)", html), ['+a', '+b', '-a', '-b']);
});
