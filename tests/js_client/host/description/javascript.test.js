import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expressionMistake, functionText, scriptMistake, statementsMistake } from '../../../../js_client/host/description/javascript.js';

const CASES = [
  [expressionMistake, 'hero.x / 375', undefined],
  [expressionMistake, '{ a: 1 }', undefined],
  [expressionMistake, 'a // comment', undefined],
  [expressionMistake, '(() => {\n  return 1;\n})()\n', undefined],
  [expressionMistake, '', /^is empty$/],
  [expressionMistake, '  \n', /^is empty$/],
  [expressionMistake, 'hero.x +', /it ends too early/],
  [expressionMistake, '[1, 2', /^is not JavaScript/],
  [expressionMistake, 'a) + (b', /^is not JavaScript/],
  [expressionMistake, 'a, b', undefined],
  [expressionMistake, 'a b', /Unexpected identifier 'b' \(at "b"\)/],
  [expressionMistake, 'a +\n  b c', /\(line 2, at "c"\)/],
  [expressionMistake, 'return score', /an expression is needed, and these are statements/],
  [expressionMistake, 'const a = 1; a', /an expression is needed, and these are statements/],
  [statementsMistake, 'const a = action; add(a);', undefined],
  [statementsMistake, 'if (over) return;', undefined],
  [statementsMistake, '', undefined],
  [statementsMistake, 'add(', /it ends too early/],
  [statementsMistake, '}); (function () {', /^is not JavaScript/],
  [scriptMistake, 'let a = 1; function f() {}', undefined],
  [scriptMistake, 'return 1', /Illegal return/],
  [scriptMistake, 'let a = ;', /Unexpected token ';' \(at ";"\)/],
];

for (const [mistakeIn, text, expected] of CASES) {
  test(`${mistakeIn.name} of ${JSON.stringify(text)}`, () => {
    if (expected === undefined) assert.equal(mistakeIn(text), undefined);
    else assert.match(mistakeIn(text) ?? 'nothing', expected);
  });
}

const FUNCTIONS = [
  ['an arrow', (stepwire, action) => action, [0, 7], 7],
  ['a function', function named(stepwire, action) { return action + 1; }, [0, 7], 8],
  ['a method', { of(stepwire, action) { return action + 2; } }.of, [0, 7], 9],
  ['a method by a computed name', { ['a b'](stepwire, action) { return action + 3; } }['a b'], [0, 7], 10],
];

for (const [what, given, args, result] of FUNCTIONS) {
  test(`the text of ${what} is an expression that does the same`, () => {
    const { text } = /** @type {any} */ (functionText(given));
    assert.equal((0, eval)(`(${text})`)(...args), result);
  });
}

const NO_FUNCTIONS = [
  ['a native one', Math.max, /without a text/],
  ['a bound one', ((a) => a).bind(null), /without a text/],
  ['an async one', async () => 1, /gives its result later/],
  ['a generator', function* numbers() { yield 1; }, /gives its result later/],
  ['a class', class A {}, /is a class/],
];

for (const [what, given, message] of NO_FUNCTIONS) {
  test(`${what} is refused`, () => assert.match(/** @type {any} */ (functionText(given)).mistake, message));
}
