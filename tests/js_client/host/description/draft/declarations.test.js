import assert from 'node:assert/strict';
import { test } from 'node:test';

import { declarationsIn, membersIn, membersOf, withoutTexts } from '../../../../../js_client/host/description/draft/declarations.js';

const CASES = [
  ['let a = 0;', [['a', '0']]],
  ['var a', [['a', '']]],
  ['const a = { b: 1, c: [2, 3] }, d = 4, e;\nlet f = 5', [['a', '{ b: 1, c: [2, 3] }'], ['d', '4'], ['e', ''], ['f', '5']]],
  ['let a = 1\nlet b = a ===\n  2;', [['a', '1'], ['b', 'a ===\n  2']]],
  ['function f() { let inner = 1; }\nlet after = 2;', [['f', ''], ['after', '2']]],
  ['(() => { let hidden = 1; })();', []],
  ['// let no = 1\n/* let no = 2 */ "let no = 3"; `let no = ${4}`; let yes = "; let no = 5"', [['yes', '"; let no = 5"']]],
  ['export const hero = new Hero({ x: 1 });\nexport class Main {}', [['hero', 'new Hero({ x: 1 })'], ['Main', '']]],
  ['outlet = 1; my.let = 2', []],
];

for (const [text, found] of CASES) {
  test(`declarations of ${JSON.stringify(text)}`, () => assert.deepEqual(declarationsIn(text).map(({ name, value }) => [name, value]), found));
}

test('code and exports are told from others', () => {
  const [a, f] = declarationsIn('let a = 1;\nexport async function f() {}');
  assert.deepEqual([a.isCode, a.isExported, f.isCode, f.isExported], [false, false, true, true]);
});

test('the members that a class sets, with their first values', () => {
  const members = membersIn('class A extends B {\n  lives = 3;\n  constructor() { super(); this.x = 1; this.alive = true; if (this.x == 2) this.x = 4; }\n}\nclass C {}');
  assert.deepEqual([...members].map(([name, own]) => [name, [...own]]), [['A', [['lives', '3'], ['x', '1'], ['alive', 'true']]], ['C', []]]);
});

test('the members of an object that is written down', () => {
  assert.deepEqual([...membersOf("{ x: 1, y: { z: 2 }, name: 'a: b', alive: true }")], [['x', '1'], ['y', '{ z: 2 }'], ['name', "'a: b'"], ['alive', 'true']]);
  assert.deepEqual([...membersOf('[1]')], []);
});

test('a text without its texts has the same length and lines', () => {
  const text = 'a = "b\\"c"; // d\n`e\nf`';
  assert.equal(withoutTexts(text), 'a = "____";     \n`_\n_`');
});
