import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checked } from '../../../../js_client/host/description/values.js';

/** @param {any} field @param {any} value */
function read(field, value) {
  const problems = [];
  const result = checked({ name: 'x', words: 'A thing.', ...field }, value, 'x', (path, message) => void problems.push(`${path}: ${message}`));
  return { result, problems };
}

const POINTS = { kind: 'points' };
const TABLE = { kind: 'table', fields: [{ name: 'width', kind: 'integer', words: 'A width.', default: 3 }, { name: 'of it', kind: 'string', words: 'A part.' }] };

const GOOD = [
  ['an empty text where it may be empty', { kind: 'string', least: 0 }, '', ''],
  ['a number at its limit', { kind: 'number', least: 0, most: 1 }, 1, 1],
  ['a choice', { kind: 'choice', values: [0, 1] }, 1, 1],
  ['a time without an offset, which is UTC', { kind: 'time' }, '2024-05-06T07:08:09', '2024-05-06T07:08:09Z'],
  ['a time with an offset', { kind: 'time' }, '2024-05-06T07:08:09.5+02:00', '2024-05-06T05:08:09.500Z'],
  ['a day', { kind: 'time' }, '2024-05-06', '2024-05-06T00:00:00Z'],
  ['a date, as TOML readers give it', { kind: 'time' }, new Date(0), '1970-01-01T00:00:00Z'],
  ['an expression', { kind: 'expression' }, '{ a: 1 }.a', '{ a: 1 }.a'],
  ['an expression with a comment behind it', { kind: 'expression' }, 'a // b', 'a // b'],
  ['a function', { kind: 'expression' }, (stepwire) => stepwire.frame, { function: '(stepwire) => stepwire.frame' }],
  ['a method', { kind: 'statements' }, { run(stepwire) { return stepwire; } }.run, { function: 'function run(stepwire) { return stepwire; }' }],
  ['a function as text', { kind: 'statements' }, { function: '() => 1' }, { function: '() => 1' }],
  ['a script', { kind: 'script' }, 'let a = 1;', 'let a = 1;'],
  ['a function as script', { kind: 'script' }, () => 1, '(() => 1)();'],
  ['a key', { kind: 'key' }, 'a', 'a'],
  ['a key by its old name', { kind: 'key' }, 'Left', 'ArrowLeft'],
  ['a point', { kind: 'point' }, [1, 'action * 3'], [1, 'action * 3']],
  ['points', POINTS, [[1, 2], [3, 4]], [[1, 2], [3, 4]]],
  ['a list', { kind: 'list', of: { name: 'n', kind: 'integer', words: 'A number.' } }, [1, 2], [1, 2]],
  ['a map', { kind: 'map', of: { name: 'n', kind: 'integer', words: 'A number.' } }, { a: 1, 'b c': 2 }, { a: 1, 'b c': 2 }],
  ['a table with defaults', TABLE, {}, { width: 3 }],
  ['inputs, and lists of them', { ...TABLE, kind: 'inputs' }, [{}, [{ width: 1 }, {}]], [{ width: 3 }, [{ width: 1 }, { width: 3 }]]],
  ['anything', { kind: 'any' }, [null, { a: 'b' }], [null, { a: 'b' }]],
];

for (const [what, field, value, result] of GOOD) {
  test(`${what} is taken`, () => assert.deepEqual(read(field, value), { result, problems: [] }));
}

const BAD = [
  ['a text for a number', { kind: 'number' }, '1', 'x: expected a number, got "1"'],
  ['NaN', { kind: 'number' }, NaN, 'x: expected a number, got NaN'],
  ['a number that is too small', { kind: 'integer', least: 1 }, 0, 'x: expected a whole number from 1 on, got 0'],
  ['a number that is too large', { kind: 'integer', least: 1, most: 9 }, 10, 'x: expected a whole number from 1 to 9, got 10'],
  ['a part of a number', { kind: 'integer' }, 1.5, 'x: expected a whole number, got 1.5'],
  ['nothing above the limit', { kind: 'number', over: 0 }, 0, 'x: expected a number above 0, got 0'],
  ['an empty text', { kind: 'string' }, '', 'x: expected a text, got ""'],
  ['a number for a flag', { kind: 'boolean' }, 1, 'x: expected true or false, got 1'],
  ['another choice', { kind: 'choice', values: ['hard', 'soft'] }, 'sofd', 'x: expected "hard" or "soft", got "sofd"; did you mean soft?'],
  ['no time', { kind: 'time' }, 'tomorrow', 'x: expected a time, such as 2024-01-01T00:00:00Z, got "tomorrow"'],
  ['a day that there is not', { kind: 'time' }, '2024-13-01', 'x: expected a time, such as 2024-01-01T00:00:00Z, got "2024-13-01"'],
  ['no expression', { kind: 'expression' }, 'a +', 'x: is not JavaScript: it ends too early'],
  ['a number for an expression', { kind: 'expression' }, 3, 'x: expected an expression of JavaScript in a text, or a function, got 3'],
  ['an async function', { kind: 'expression' }, async () => 1, 'x: is a function that gives its result later; it has to give it at once'],
  ['a broken function as text', { kind: 'expression' }, { function: '(' }, 'x: is not JavaScript: it ends too early'],
  ['a code for a key', { kind: 'key' }, 'KeyA', 'x: there is no key "KeyA"; did you mean "a"?'],
  ['half a point', { kind: 'point' }, [1], 'x: expected a point [x, y], got a list of 1'],
  ['a broken coordinate', POINTS, [[1, 2], [3, '4 +']], 'x[1][1]: is not JavaScript: it ends too early'],
  ['infinity for a coordinate', { kind: 'point' }, [1, Infinity], 'x[1]: expected a number or an expression, got Infinity'],
  ['no list', { kind: 'list', of: { name: 'n', kind: 'integer', words: 'A number.' } }, {}, 'x: expected a list, got an object with nothing in it'],
  ['a wrong entry', { kind: 'list', of: { name: 'n', kind: 'integer', words: 'A number.' } }, [1, 'a'], 'x[1]: expected a whole number, got "a"'],
  ['a wrong entry of a map', { kind: 'map', of: { name: 'n', kind: 'integer', words: 'A number.' } }, { 'b c': 'a' }, 'x."b c": expected a whole number, got "a"'],
  ['no table', TABLE, 3, 'x: expected a table, got 3'],
  ['an unknown field', TABLE, { widht: 1 }, 'x.widht: there is no such field; did you mean width?'],
  ['a missing field', { kind: 'table', fields: [{ name: 'find', kind: 'string', words: 'What is there.', needed: true }] }, {}, 'x.find: is missing: what is there.'],
  ['what JSON cannot say', { kind: 'any' }, 3n, 'x: expected something that JSON can say, got 3'],
];

for (const [what, field, value, problem] of BAD) {
  test(`${what} is told in one line`, () => assert.deepEqual(read(field, value).problems, [problem]));
}
