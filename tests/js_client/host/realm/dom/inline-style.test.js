import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

test('a style is made once', () => {
  assert.equal(onPage('b.style === b.style', '<b id="b"></b>'), true);
});

test('the attribute has what the style says, when somebody looks', () => {
  assert.deepEqual(onPage("(b.style.left = '1px', [b.hasAttribute('style'), b.outerHTML, b.attributes.length, b.cloneNode().style.left])", '<b id="b"></b>'), [true, '<b id="b" style="left: 1px;"></b>', 2, '1px']);
});

test('an element whose style is only read gets no attribute', () => {
  assert.deepEqual(onPage('[b.style.left, b.hasAttribute("style")]', '<b id="b"></b>'), ['', false]);
});

test('a change of style is a change of the attribute', () => {
  const work = "(() => { const o = new MutationObserver(() => {}); o.observe(b, { attributes: true }); b.style.left = '1px'; return o.takeRecords().map(({ attributeName }) => attributeName); })()";
  assert.deepEqual(onPage(work, '<b id="b"></b>'), ['style']);
});
