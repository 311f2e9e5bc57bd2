import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage, opened, stepped } from './pages.js';

const LINKS = [
  ['href="a.html?q#h"', '[l.href, l.pathname, l.search, l.hash]', ['https://game.stepwire/a.html?q#h', '/a.html', '?q', '#h']], ['href="https://far.example/x"', '[l.hostname, l.protocol, `${l}`]', ['far.example', 'https:', 'https://far.example/x']], ['', 'l.href', ''],
];
for (const [attributes, expression, expected] of LINKS) {
  test(`of <a ${attributes}> ${expression} is ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(onPage(expression, `<a id="l" ${attributes}>x</a>`), expected);
  });
}

test('a link to a place on the page changes the hash; one elsewhere is noted', () => {
  const { info, fidelity } = opened('<a id="l" href="#there">x</a><a id="m" href="other.html">y</a><a id="n" href="javascript:window.ran = 1">z</a><script>l.click(); m.click(); n.click();</script>', {}, { info: { hash: 'location.hash', ran: 'ran' } });
  assert.deepEqual([info.hash, info.ran, fidelity.needs_browser], ['#there', 1, ['going to https://game.stepwire/other.html']]);
});

test('tables have rows and cells', () => {
  assert.deepEqual(onPage('(t.insertRow().insertCell().textContent = "new", [t.rows.length, t.rows[0].cells.length, t.rows[0].cells[1].cellIndex, t.rows[2].cells[0].textContent, t.tBodies.length, (t.deleteRow(0), t.rows.length)])', '<table id="t"><tr><td>1<td>2<tr><td>3</table>'), [3, 2, 1, 'new', 1, 2]);
});

test('a style sheet takes rules from scripts', () => {
  assert.deepEqual(onPage("(s.sheet.insertRule('b { color: red }', 0), [s.sheet.cssRules.length, getComputedStyle(b).color, (s.sheet.deleteRule(0), getComputedStyle(b).color)])", '<style id="s"></style><b id="b">x</b>'), [1, 'rgb(255, 0, 0)', 'rgb(0, 0, 0)']);
});

test('a sheet tells when it is there, and when it is not', () => {
  const html = '<script>var told = []</script><link rel="stylesheet" href="none.css" onload="told.push(1)" onerror="told.push(2)">';
  assert.deepEqual(stepped('told', html, [0], {})[0], [2]);
});

test('a dialog opens and closes', () => {
  const html = '<dialog id="d">x</dialog><script>var told = []; d.onclose = () => told.push(d.returnValue); d.showModal(); told.push(d.open); d.close("yes"); told.push(d.open)</script>';
  assert.deepEqual(stepped('told', html, [0], {})[0], [true, false, 'yes']);
});

test('pages within the page are noted', () => {
  assert.match(opened('<iframe id="f" src="x.html"></iframe><script>f.contentWindow</script>').fidelity.needs_browser[0], /iframe/);
});

test('elements of SVG have attributes and styles', () => {
  assert.deepEqual(onPage("[r.getAttribute('viewBox'), (r.firstChild.style.fill = 'red', r.firstChild.getAttribute('style')), r.firstChild.ownerSVGElement === r, r instanceof SVGElement]", '<svg id="r" viewBox="0 0 1 1"><rect/></svg>'), ['0 0 1 1', 'fill: red;', true, true]);
});

test('a base says what URLs are relative to', () => {
  assert.equal(onPage('new Image().src = "x.png", document.querySelector("a").href', '<base href="deep/"><a href="x.html">x</a>'), 'https://game.stepwire/deep/x.html');
});
