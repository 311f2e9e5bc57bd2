import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isTyping, keyOf } from '../../../../js_client/host/realm/keys.js';

const KEYS = [
  ['ArrowLeft', 'ArrowLeft', 37, 0], ['Enter', 'Enter', 13, 13], ['Escape', 'Escape', 27, 0], [' ', 'Space', 32, 32], ['a', 'KeyA', 65, 97], ['A', 'KeyA', 65, 65],
  ['7', 'Digit7', 55, 55], ['!', 'Digit1', 49, 33], ['?', 'Slash', 191, 63], [';', 'Semicolon', 186, 59], ['F12', 'F12', 123, 0], ['Shift', 'ShiftLeft', 16, 0],
  ['é', '', 0, 233], ['Unheard', '', 0, 0],
];

for (const [key, code, keyCode, charCode] of KEYS) {
  test(`the key ${JSON.stringify(key)} is ${code || 'nowhere on the keyboard'}, number ${keyCode}, and types ${charCode || 'nothing'}`, () => {
    const found = keyOf(key);
    assert.deepEqual([found.key, found.code, found.keyCode, found.charCode], [key, code, keyCode, charCode]);
    assert.equal(isTyping(found), charCode > 0);
  });
}

test('names of old browsers mean the keys of today', () => {
  assert.deepEqual(['Space', 'Esc', 'Left', 'Del'].map((name) => keyOf(name).key), [' ', 'Escape', 'ArrowLeft', 'Delete']);
});

test('a modifier is the one on the left', () => {
  assert.deepEqual(['Shift', 'Control', 'AltGraph', 'a'].map((name) => keyOf(name).location), [1, 1, 2, 0]);
});
