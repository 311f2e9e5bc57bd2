import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const REFLECTED = [
  ['div', "title = 'T'", 'title', 'T'], ['label', "htmlFor = 'x'", 'for', 'x'], ['input', 'disabled = true', 'disabled', ''], ['input', "placeholder = 'P'", 'placeholder', 'P'],
  ['a', "href = 'x.html'", 'href', 'x.html'], ['canvas', 'width = 12', 'width', '12'], ['div', 'hidden = true', 'hidden', ''], ['input', 'maxLength = 3', 'maxlength', '3'],
  ['div', 'tabIndex = 2', 'tabindex', '2'],
];
for (const [tag, assignment, name, expected] of REFLECTED) {
  test(`${tag}.${assignment} sets the attribute ${name}`, () => {
    assert.equal(onPage(`(() => { const e = document.createElement('${tag}'); e.${assignment}; return e.getAttribute('${name}'); })()`), expected);
  });
}

const READ = [
  ['<input disabled>', 'disabled', true], ['<input>', 'disabled', false], ['<a href="/x.html?q#h">', 'href', 'https://game.stepwire/x.html?q#h'],
  ['<img src="a.png">', 'src', 'https://game.stepwire/a.png'], ['<canvas width="30">', 'width', 30], ['<canvas width="x">', 'width', 300], ['<td colspan="2">', 'colSpan', 2],
];
for (const [html, property, expected] of READ) {
  test(`${html} has ${property} ${JSON.stringify(expected)}`, () => {
    const wrapped = html.startsWith('<td') ? `<table><tr>${html}</table>` : html;
    assert.deepEqual(onPage(`document.body.querySelector('${/^<(\w+)/.exec(html)[1]}').${property}`, wrapped), expected);
  });
}

test('a flag that is false has no attribute', () => {
  assert.equal(onPage("(i.disabled = false, i.outerHTML)", '<input id="i" disabled>'), '<input id="i">');
});
