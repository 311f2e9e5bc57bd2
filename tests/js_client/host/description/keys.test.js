import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keyMistake, keyNamed, NAMED_KEYS } from '../../../../js_client/host/description/keys.js';

for (const [name, key] of [['a', 'a'], ['A', 'A'], [' ', ' '], ['ä', 'ä'], ['Enter', 'Enter'], ['F5', 'F5'], ['Space', ' '], ['Esc', 'Escape'], ['Up', 'ArrowUp']]) {
  test(`${JSON.stringify(name)} is the key ${JSON.stringify(key)}`, () => {
    assert.equal(keyMistake(name), undefined);
    assert.equal(keyNamed(name), key);
  });
}

test('all keys with names can be pressed', () => {
  assert.deepEqual(NAMED_KEYS.filter((name) => keyNamed(name) !== name), []);
});

for (const [name, message] of [
  ['KeyA', 'there is no key "KeyA"; did you mean "a"?'],
  ['Digit3', 'there is no key "Digit3"; did you mean "3"?'],
  ['ArowLeft', 'there is no key "ArowLeft"; did you mean "ArrowLeft"?'],
  ['ctrl', 'there is no key "ctrl"; did you mean "Control"?'],
  ['Return', 'there is no key "Return"; did you mean "Enter"?'],
  ['fire', 'there is no key "fire"; names are those of KeyboardEvent.key, such as "ArrowLeft" or "a"'],
  ['', 'expected a key, such as "ArrowLeft" or "a", got ""'],
  [37, 'expected a key, such as "ArrowLeft" or "a", got 37'],
]) {
  test(`${JSON.stringify(name)} is no key`, () => assert.equal(keyMistake(name), message));
}
