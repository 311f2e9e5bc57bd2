import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CommandProblem, gameAndOptions, givenTable } from '../../../../js_client/host/commands/words.js';

const OPTIONS = { steps: { type: 'string', default: '500' }, write: { type: 'boolean' } };

test('there is a path, and options before or behind it', () => {
  const { path, values } = gameAndOptions(['--steps', '3', 'a/game', '--write'], OPTIONS, 'check PATH');
  assert.deepEqual([path, values.steps, values.write], ['a/game', '3', true]);
});

const WRONG = [
  ['no path', [], /^expected one PATH, got 0\nusage: check PATH$/],
  ['two paths', ['a', 'b'], /^expected one PATH, got 2\n/],
  ['an unknown option', ['a', '--frobnicate'], /frobnicate.*\nusage: check PATH$/s],
  ['an option without its value', ['a', '--steps'], /steps.*\nusage/s],
];

for (const [what, words, message] of WRONG) {
  test(`${what} is told together with the usage`, () => {
    assert.throws(() => gameAndOptions(words, OPTIONS, 'check PATH'), (error) => error instanceof CommandProblem && message.test(error.message));
  });
}

test('what is given is JSON, or nothing', () => {
  assert.deepEqual([givenTable(undefined), givenTable('{"name": "a"}')], [undefined, { name: 'a' }]);
  assert.throws(() => givenTable('{name}'), (error) => error instanceof CommandProblem && /^--given: is not JSON: /.test(error.message));
});
