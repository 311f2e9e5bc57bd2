import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const EDITS = [
  ['appendData("!")', 'hello!'], ['insertData(1, "-")', 'h-ello'], ['deleteData(1, 3)', 'ho'], ['replaceData(0, 1, "J")', 'Jello'],
];
for (const [edit, expected] of EDITS) {
  test(`${edit} makes hello ${expected}`, () => {
    assert.equal(onPage(`(() => { const text = new Text('hello'); text.${edit}; return text.data; })()`), expected);
  });
}

test('a text can be split', () => {
  assert.deepEqual(onPage("(() => { const text = document.createTextNode('hello'); p.append(text); const rest = text.splitText(2); return [text.data, rest.data, p.childNodes.length, text.wholeText]; })()", '<p id="p"></p>'), ['he', 'llo', 2, 'hello']);
});

test('comments and texts have their kinds', () => {
  assert.deepEqual(onPage("[new Comment('c').nodeType, document.createComment('c').data, new Text().data, new Text('x') instanceof CharacterData, new Text('abc').length]"), [8, 'c', '', true, 3]);
});

test('a copy of a text is another text', () => {
  assert.deepEqual(onPage("(() => { const [text] = [new Text('a')]; const copy = text.cloneNode(); copy.data = 'b'; return [text.data, copy.data]; })()"), ['a', 'b']);
});

test('a page has its type', () => {
  assert.deepEqual(onPage('[document.doctype.name, document.doctype.nodeType, document.compatMode]', '<!DOCTYPE html><p>x'), ['html', 10, 'CSS1Compat']);
});
