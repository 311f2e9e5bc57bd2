import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

test('a fragment is a parent, and empty once it is put in', () => {
  const work = `(() => {
    const fragment = new DocumentFragment();
    fragment.append(document.createElement('b'), 'text');
    fragment.firstChild.id = 'x';
    const seen = [fragment.textContent, fragment.children.length, fragment.querySelector('b') === fragment.getElementById('x'), fragment.cloneNode(true).childNodes.length];
    document.body.append(fragment);
    return [...seen, fragment.childNodes.length, document.body.innerHTML];
  })()`;
  assert.deepEqual(onPage(work), ['text', 1, true, 2, 0, '<b id="x">'.concat('</b>text')]);
});

test('a template has its content in a fragment', () => {
  assert.deepEqual(onPage("[t.childNodes.length, t.content.firstChild.tagName, t.content.cloneNode(true).textContent, t.innerHTML, document.querySelector('b')]", '<template id="t"><b>x</b></template>'), [0, 'B', 'x', '<b>x</b>', null]);
});
