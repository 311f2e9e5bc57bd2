import assert from 'node:assert/strict';
import { test } from 'node:test';

import { run } from '../../../../js_client/host/commands/schema.js';
import { schema } from '../../../../js_client/host/description/schema.js';
import { called } from './called.js';

test('the schema is printed as JSON that a person can read', async (t) => {
  const { code, lines } = await called(t, run, []);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(lines[0]), JSON.parse(JSON.stringify(schema())));
  assert.match(lines[0], /\n {2}"title"/);
});
