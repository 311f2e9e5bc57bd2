import assert from 'node:assert/strict';
import { test } from 'node:test';

import { line, longList, toml } from '../../../../../js_client/host/description/draft/toml-text.js';
import { parsedToml } from '../../../../../js_client/host/description/toml.js';

for (const value of ['a "b" \\ \n ü \u007f', 1.5, true, [], [1, 'a'], {}, { a: { 'b c': [1] } }, -Infinity]) {
  test(`${JSON.stringify(value)} is read back as it was`, () => {
    assert.deepEqual(structuredClone({ ...parsedToml(`x = ${toml(value)}`, 'x.toml') }), structuredClone({ x: value }));
  });
}

test('comments stand behind what they explain', () => {
  assert.equal(line('a', 1, 'why'), 'a = 1   # why');
  assert.equal(longList('a', [[1, ''], [2, 'why']]), 'a = [\n  1,\n  2,   # why\n]');
});
