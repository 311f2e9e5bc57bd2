import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BadDescription } from '../../../../js_client/host/description/check.js';
import { parsedToml } from '../../../../js_client/host/description/toml.js';

test('TOML is read where its reader is installed', () => {
  const read = parsedToml('a = [1, 2]\n[b]\nc = "d"', 'x.toml');
  assert.deepEqual(JSON.parse(JSON.stringify(read)), { a: [1, 2], b: { c: 'd' } });
});

test('a mistake is one line with its place', () => {
  assert.throws(() => parsedToml('a = 1\nb = = 2', '/toys/x.toml'), (error) => {
    assert.ok(error instanceof BadDescription);
    assert.match(error.message, /^\/toys\/x\.toml: is not TOML: .* \(line 2\)$/);
    return true;
  });
});
