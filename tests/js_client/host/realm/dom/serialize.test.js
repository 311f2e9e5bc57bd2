import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const WRITTEN = [
  ['text', 'box.append("a < b & c\\u00a0d")', 'a &lt; b &amp; c&nbsp;d'], ['attributes', "box.append(Object.assign(document.createElement('b'), { title: '\"<&' }))", '<b title="&quot;&lt;&amp;"></b>'],
  ['elements without an end', "box.append(document.createElement('br'), document.createElement('img'))", '<br><img>'], ['comments', "box.append(document.createComment('c'))", '<!--c-->'],
  ['scripts', "(() => { const s = document.createElement('script'); s.type = 'x'; s.textContent = 'a < b'; box.append(s); })()", '<script type="x">a < b</script>'],
  ['styles that were set', "(() => { const b = document.createElement('b'); b.style.left = '1px'; box.append(b); })()", '<b style="left: 1px;"></b>'],
];
for (const [what, work, expected] of WRITTEN) {
  test(`${what} are written as ${expected}`, () => {
    assert.equal(onPage(`(${work}, box.innerHTML)`, '<div id="box"></div>'), expected);
  });
}

test('text is what all texts say; shown text is about what a reader sees', () => {
  const html = '<div id="box"> a <b> b</b><p>c</p><br><script>d</script></div>';
  assert.deepEqual(onPage('[box.textContent, box.innerText]', html), [' a  bcd', 'a b\n\nc']);
});
