import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun } from '../games.js';

test('the entry runs, wherever it lies', () => {
  assert.equal(begun({ 'src/main.js': 'globalThis.ran = __filename;' }, { entry: 'src/main.js', info: { ran: 'ran' } }).info.ran, '/src/main.js');
});

const FAILING = [
  [{ 'index.js': 'throw new RangeError("at once");' }, /^Error: index\.js: RangeError: at once \(\/index\.js:1:7\)$/],
  [{ 'index.js': 'const = 1;' }, /^Error: index\.js: SyntaxError/],
  [{ 'other.js': '' }, /^Error: index\.js: Error: Cannot find module '\/index\.js'/],
];
for (const [files, message] of FAILING) {
  test(`a game whose entry fails is none: ${message.source}`, () => assert.throws(() => begun(files), message));
}
