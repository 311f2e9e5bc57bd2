import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

test('a range makes fragments of HTML', () => {
  assert.deepEqual(onPage("(() => { const f = document.createRange().createContextualFragment('<b>x</b>y'); return [f.nodeType, f.childNodes.length]; })()"), [11, 2]);
});

test('texts can be walked over', () => {
  const work = `(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, { acceptNode: ({ data }) => (data === 'b' ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT) });
    const seen = [];
    while (walker.nextNode()) seen.push(walker.currentNode.data);
    return seen;
  })()`;
  assert.deepEqual(onPage(work, '<p>a<b>b</b>c</p>'), ['a', 'c']);
});

test('nothing is selected', () => {
  assert.deepEqual(onPage('[getSelection().rangeCount, getSelection().toString(), document.getSelection().isCollapsed]'), [0, '', true]);
});
