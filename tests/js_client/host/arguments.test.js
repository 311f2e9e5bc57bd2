import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { CannotStart, readArguments } from '../../../js_client/host/arguments.js';

const NEEDED = ['--game', 'g.js', '--url', 'ws://h:1'];

test('only the game and the URL are needed', () => {
  assert.deepEqual(readArguments(NEEDED, {}), {
    game: 'g.js', url: 'ws://h:1', instances: 1, token: undefined, isTokenOnInput: false, name: undefined, given: undefined,
    resolveEvery: undefined, isLeashed: false,
  });
});

test('everything may be said', () => {
  const words = [...NEEDED, '--instances', '16', '--name', 'n', '--given', '{"fps":30}', '--resolve-every', '2.5', '--stdin-token', '--stdin-leash'];
  const { instances, name, given, resolveEvery, isTokenOnInput, isLeashed } = readArguments(words, {});
  assert.deepEqual([instances, name, given, resolveEvery, isTokenOnInput, isLeashed], [16, 'n', { fps: 30 }, 2.5, true, true]);
});

test('the token comes from the environment, or from a file, which comes first', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'stepwire-')), 'token');
  writeFileSync(file, 'from the file\n');
  assert.equal(readArguments(NEEDED, { STEPWIRE_TOKEN: 'from outside' }).token, 'from outside');
  assert.equal(readArguments([...NEEDED, '--token-file', file], { STEPWIRE_TOKEN: 'from outside' }).token, 'from the file');
});

const REFUSED = [
  [['--frobnicate', ...NEEDED], /^Unknown option '--frobnicate'; usage: run.js/],
  [[...NEEDED, 'stray'], /^Unexpected argument 'stray'/],
  [['--game', 'g.js'], /^--game and --url are needed; usage/],
  [['--game', 'g.js', '--url', 'http://h'], /^--url: expected ws:\/\/HOST:PORT or wss:\/\/…, got http:\/\/h$/],
  [['--game', 'g.js', '--url', 'h:1'], /^--url: expected/],
  [[...NEEDED, '--instances', 'many'], /^--instances: expected a number above 0, got many$/],
  [[...NEEDED, '--instances', '0'], /^--instances: expected a number above 0, got 0$/],
  [[...NEEDED, '--resolve-every', '-1'], /^--resolve-every: |^Option '--resolve-every'/],
  [[...NEEDED, '--given', '{fps: 30}'], /^--given: expected a JSON object, got {fps: 30}$/],
  [[...NEEDED, '--given', '[]'], /^--given: expected a JSON object, got \[\]$/],
  [[...NEEDED, '--token-file', '/no/such/file'], /^--token-file: ENOENT/],
];

for (const [words, message] of REFUSED) {
  test(`${words.join(' ')} is refused in one line`, () => {
    assert.throws(() => readArguments(words, {}), (error) => {
      assert.ok(error instanceof CannotStart);
      assert.match(error.message, message);
      assert.ok(!error.message.includes('\n'));
      return true;
    });
  });
}
