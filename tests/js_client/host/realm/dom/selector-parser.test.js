import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseSelectors } from '../../../../../js_client/host/realm/dom/selector-parser.js';

const brief = (text) => parseSelectors(text).map(({ compounds }) => compounds.map(({ between, tag = '', id, classes, attributes, pseudos }) => (
  between + tag + (id === undefined ? '' : `#${id}`) + classes.map((name) => `.${name}`).join('') + attributes.map(({ name, operator, value }) => `[${name}${operator}${value}]`).join('') + pseudos.map(({ name }) => `:${name}`).join(''))));

const READ = [
  ['p', [['p']]], ['P.a#b', [['p#b.a']]], ['a > b  c+d~e', [['a', '>b', ' c', '+d', '~e']]], ['a, b', [['a'], ['b']]], ['*', [['']]], ['[x]', [['[x]']]], ['[x="a b"]', [['[x=a b]']]],
  ["[x^='1']", [['[x^=1]']]], ['a:hover:not(.b)', [['a:hover:not']]], ['#\\31 x', [['#1x']]], ['.a\\:b', [['.a:b']]], ['li:nth-child( 2n + 1 )', [['li:nth-child']]],
];
for (const [text, expected] of READ) {
  test(`${text} is read as ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(brief(text), expected);
  });
}

const HEAVIER = [['#a', '.a.b.c'], ['.a', 'p'], ['p.a', '.a'], ['[x].a', '.a'], ['p:first-child', 'p'], [':not(#a)', '.a.b'], ['p', ':where(#a)'], ['a b', 'a']];
for (const [heavy, light] of HEAVIER) {
  test(`${heavy} is stronger than ${light}`, () => {
    assert.ok(parseSelectors(heavy)[0].weight > parseSelectors(light)[0].weight);
  });
}

test('a part of an element is none of the elements', () => {
  assert.deepEqual([...parseSelectors('p::before, p:after, p')].map(({ hasNoElement }) => hasNoElement), [true, true, false]);
});

for (const text of ['', 'p,', '> p >', 'p..a', '[x', ':nth-child(x)', ':not(', 'p{']) {
  test(`${JSON.stringify(text)} cannot be read`, () => {
    assert.throws(() => parseSelectors(text), { name: 'SyntaxError' });
  });
}

test('what has been read is not read again', () => {
  assert.equal(parseSelectors('p > b'), parseSelectors('p > b'));
});
