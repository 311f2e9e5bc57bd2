import assert from 'node:assert/strict';
import { test } from 'node:test';

import { evaluated, preprocessed } from '../../../../../js_client/host/realm/canvas/shader-conditions.js';

const MACROS = new Map([['ONE', '1'], ['TWO', 'ONE + 1'], ['EMPTY', ''], ['LOOP', 'LOOP'], ['A', 'B'], ['B', 'A']]);
const EXPRESSIONS = [
  ['1 + 2 * 3', 7], ['(1 + 2) * 3', 9], ['10 - 2 - 3', 5], ['7 / 2', 3], ['7 % 4', 3], ['1 == 1 && 2 > 1', 1], ['0 || 0', 0], ['!0', 1], ['-3 < 0', 1], ['+4', 4],
  ['2 >= 2', 1], ['1 <= 0', 0], ['1 != 1', 0], ['defined(ONE)', 1], ['defined NONE', 0], ['!defined(NONE) && TWO == 2', 1], ['NONE', 0], ['EMPTY', 0], ['0x10', 16],
  ['LOOP', 0], ['A', 0], ['', 0], ['(1', 1],
];
for (const [text, expected] of EXPRESSIONS) test(`#if ${text} is ${expected}`, () => assert.equal(evaluated(text, MACROS), expected));

const SOURCES = [
  ['comments', 'a; // b\n/* c\n d */ e;', 'a; e;'],
  ['ifdef', '#define X\n#ifdef X\na;\n#else\nb;\n#endif', 'a;'],
  ['ifndef', '#ifndef X\na;\n#else\nb;\n#endif', 'a;'],
  ['elif', '#define N 2\n#if N == 1\na;\n#elif N == 2\nb;\n#elif N == 2\nc;\n#else\nd;\n#endif', 'b;'],
  ['conditions within others', '#ifdef X\n#if 1\na;\n#endif\nb;\n#else\n#if 0\nc;\n#else\nd;\n#endif\n#endif', 'd;'],
  ['undef', '#define X 1\n#undef X\n#if X\na;\n#endif\nb;', 'b;'],
  ['what is defined where nothing is compiled', '#if 0\n#define X\n#endif\n#ifdef X\na;\n#endif\nb;', 'b;'],
  ['macros with arguments', '#define F(x) x\n#ifdef F\na;\n#endif', 'a;'],
  ['long lines', '#if defined(A) \\\n || 1\na;\n#endif', 'a;'],
  ['the version', '#version 300 es\n#if __VERSION__ == 300\na;\n#endif', 'a;'],
  ['what is always defined', '#ifdef GL_ES\na;\n#endif\n#extension x : enable\n#endif', 'a;'],
  ['stray branches', '#else\n#elif 1\na;', 'a;'],
];
for (const [name, source, expected] of SOURCES) {
  test(`a shader with ${name} is understood`, () => assert.equal(preprocessed(source).text.trim().replace(/\s+/g, ' '), expected));
}
