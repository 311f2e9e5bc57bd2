import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

/** HTML, and what it is once it has been read. */
const FRAGMENTS = [
  ['<p>a<p>b', '<p>a</p><p>b</p>'],
  ['<ul><li>a<li>b<ul><li>c</ul></ul>', '<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>'],
  ['<select><option>a<option selected>b</select>', '<select><option>a</option><option selected="">b</option></select>'],
  ['<table><tr><td>a<td>b<tr><td>c</table>', '<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>'],
  ['<br><img src=a.png><input disabled>', '<br><img src="a.png"><input disabled="">'],
  ['<DIV ID="A" Class=\'b c\'>x</DIV>', '<div id="A" class="b c">x</div>'],
  ['a &amp; b &lt; &#65;&#x42; &nbsp;', 'a &amp; b &lt; AB &nbsp;'],
  ['<a title="&quot;x&quot;">y</a>', '<a title="&quot;x&quot;">y</a>'],
  ['<!-- c --><b>x</b>', '<!-- c --><b>x</b>'],
  ['<script>if (a < b && c) { "</b>" }</script>', '<script>if (a < b && c) { "</b>" }</script>'],
  ['<textarea><b>&lt;</textarea>', '<textarea>&lt;b&gt;&lt;</textarea>'],
  ['<b>x</i></b>', '<b>x</b>'],
  ['3 < 4', '3 &lt; 4'],
  ['<div data-a=1 data-b>x', '<div data-a="1" data-b="">x</div>'],
  ['<svg viewBox="0 0 1 1"><path d="M0 0"/><g/></svg>', '<svg viewBox="0 0 1 1"><path d="M0 0"></path><g></g></svg>'],
];

for (const [html, expected] of FRAGMENTS) {
  test(`as innerHTML ${JSON.stringify(html)} becomes ${JSON.stringify(expected)}`, () => {
    assert.equal(onPage(`(() => { const box = document.createElement('div'); box.innerHTML = ${JSON.stringify(html)}; return box.innerHTML; })()`), expected);
  });
}

const DOCUMENTS = [
  ['<p>x', '<html><head></head><body><p>x</p></body></html>'],
  ['<!DOCTYPE html><title>T</title><p>x', '<html><head><title>T</title></head><body><p>x</p></body></html>'],
  ['<html lang="en"><head><meta charset="utf-8"></head>\n<body class="a">x</body></html>', '<html lang="en"><head><meta charset="utf-8"></head>\n<body class="a">x</body></html>'],
  ['', '<html><head></head><body></body></html>'],
];
for (const [html, expected] of DOCUMENTS) {
  test(`as a page ${JSON.stringify(html)} has html, head and body`, () => {
    const blank = (/** @type {string} */ text) => text.replace(/>\s+</g, '><').replace(/\s+<\/body>/, '</body>');
    assert.equal(blank(onPage('document.documentElement.outerHTML', html)), blank(expected));
  });
}

test('scripts in innerHTML do not run', () => {
  assert.equal(onPage("(document.body.innerHTML = '<script>window.ran = true<' + '/script>', typeof window.ran)"), 'undefined');
});

test('a script sees the page as far as it has been read', () => {
  assert.deepEqual(onPage('seen', '<p id="a"></p><script>var seen = [!!document.getElementById("a"), !!document.getElementById("b")];</script><p id="b"></p>'), [true, false]);
});
