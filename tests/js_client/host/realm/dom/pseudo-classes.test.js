import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const PAGE = `<div id="d"><p id="a"></p><b id="b">x</b><p id="c" tabindex="0"></p></div><input id="i" required><input id="j" type="checkbox" checked disabled><a id="l" href="#c">x</a><em id="e"><!-- c --></em>
<script>c.focus(); location.hash = '#c';</script>`;

const MATCHES = [
  [':first-child', 'a'], [':last-child', 'c'], [':only-child', ''], [':first-of-type', 'a b'], [':last-of-type', 'b c'], [':only-of-type', 'b'], [':nth-of-type(2)', 'c'], [':nth-last-of-type(2)', 'a'],
  [':nth-child(even)', 'b'], [':nth-child(-n+2)', 'a b'], [':nth-child(n+2)', 'b c'], [':nth-child(9)', ''], [':nth-last-child(2)', 'b'], [':empty', 'a c'], [':focus', 'c'], [':target', 'c'], [':hover', ''],
];
for (const [pseudo, ids] of MATCHES) {
  test(`within a block ${pseudo} is ${ids || 'nothing'}`, () => {
    assert.equal(onPage(`[...d.querySelectorAll('*${pseudo}')].map(({ id }) => id).join(' ')`, PAGE), ids);
  });
}

const STATES = [
  ['i', ':required', true], ['i', ':enabled', true], ['j', ':disabled', true], ['j', ':checked', true], ['j', ':enabled', false], ['d', ':enabled', false], ['l', ':link', true], ['d', ':focus-within', true],
  ['e', ':empty', true], ['i', ':optional', false],
];
for (const [id, pseudo, expected] of STATES) {
  test(`#${id} is ${expected ? '' : 'not '}${pseudo}`, () => {
    assert.equal(onPage(`${id}.matches('${pseudo}')`, PAGE), expected);
  });
}
