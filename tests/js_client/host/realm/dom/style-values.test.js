import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseDeclarations, propertyName, styleValue } from '../../../../../js_client/host/realm/dom/style-values.js';

const VALUES = [
  ['left', '5px', '5px'], ['left', '5', undefined], ['left', '0', '0px'], ['left', '1.23456789px', '1.23457px'], ['left', 'auto', 'auto'], ['left', 'calc(1px + 2%)', 'calc(1px + 2%)'],
  ['left', 'undefinedpx', undefined], ['line-height', '1.5', '1.5'], ['opacity', '50%', '0.5'], ['opacity', 'x', undefined], ['z-index', '3', '3'], ['z-index', '3px', undefined],
  ['color', 'red', 'red'], ['color', 'undefined', undefined], ['transform', 'rotate(0.123456789deg)', 'rotate(0.123457deg)'], ['--any', 'x y', 'x y'],
];
for (const [name, value, expected] of VALUES) {
  test(`${name}: ${value} is ${expected === undefined ? 'refused' : `kept as ${expected}`}`, () => {
    assert.equal(styleValue(name, value), expected);
  });
}

const TEXTS = [
  ['left: 1px; color: red', [['left', '1px', false], ['color', 'red', false]]], ['color:red!important;', [['color', 'red', true]]], ['/* a: b; */ c: d', [['c', 'd', false]]],
  ['background: url(a;b.png)', [['background', 'url(a;b.png)', false]]], ['content: ";"', [['content', '";"', false]]], ['LEFT: 1px; --Big: X', [['left', '1px', false], ['--Big', 'X', false]]], ['nothing; : x; y:', []],
];
for (const [text, expected] of TEXTS) {
  test(`${text} has the declarations ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(parseDeclarations(text).map(({ name, value, isImportant }) => [name, value, isImportant]), expected);
  });
}

test('names are in small letters, but for those of the page', () => {
  assert.deepEqual(['Z-Index', '--Gap'].map(propertyName), ['z-index', '--Gap']);
});
