import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage, opened } from './pages.js';

const colour = 'getComputedStyle(b).color';

const SHEETS = [
  ['of a linked file', '<link rel="stylesheet" href="css/a.css"><b id="b">', { 'css/a.css': 'b { color: red }' }, 'rgb(255, 0, 0)'],
  ['of a file for another medium', '<link rel="stylesheet" href="a.css" media="print"><b id="b">', { 'a.css': 'b { color: red }' }, 'rgb(0, 0, 0)'],
  ['of a link that is no sheet', '<link rel="preload" href="a.css"><b id="b">', { 'a.css': 'b { color: red }' }, 'rgb(0, 0, 0)'],
  ['of the later sheet', '<style>b { color: red }</style><style>b { color: blue }</style><b id="b">', {}, 'rgb(0, 0, 255)'],
  ['of the stronger selector', '<style>b#b { color: red } b { color: blue }</style><b id="b">', {}, 'rgb(255, 0, 0)'],
  ['with comments and strings', '<style>/* b { color: red } */ b::after { content: "}" } b { color: lime; }</style><b id="b">', {}, 'rgb(0, 255, 0)'],
  ['of a nested condition', '<style>@supports (display: grid) { @media all { b { color: red } } }</style><b id="b">', {}, 'rgb(255, 0, 0)'],
  ['after an import', '<style>@import "none.css"; b { color: red }</style><b id="b">', {}, 'rgb(255, 0, 0)'],
];
for (const [what, html, files, expected] of SHEETS) {
  test(`a rule ${what} counts as it should`, () => {
    assert.equal(onPage(colour, html, files), expected);
  });
}

test('sheets may come later, and change', () => {
  const work = `(() => {
    const style = document.createElement('style');
    const seen = [${colour}];
    style.textContent = 'b { color: red }';
    document.head.append(style);
    seen.push(${colour});
    style.textContent = 'b { color: blue }';
    seen.push(${colour});
    style.remove();
    return [...seen, ${colour}];
  })()`;
  assert.deepEqual(onPage(work, '<b id="b">'), ['rgb(0, 0, 0)', 'rgb(255, 0, 0)', 'rgb(0, 0, 255)', 'rgb(0, 0, 0)']);
});

test('a sheet that is missing is noted', () => {
  assert.deepEqual([...opened('<link rel="stylesheet" href="none.css"><p>').fidelity.missing_files], ['/none.css']);
});
