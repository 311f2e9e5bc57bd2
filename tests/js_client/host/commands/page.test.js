import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { run } from '../../../../js_client/host/commands/page.js';

test('a page is printed with its tables, and left as it is', async (t) => {
  const file = join(mkdtempSync(join(tmpdir(), 'stepwire-')), 'page.md');
  writeFileSync(file, 'words\n<!-- fields: reward -->\n<!-- end -->\n');
  const { mock } = t.mock.method(process.stdout, 'write', () => true);
  assert.equal(await run([file]), 0);
  assert.match(mock.calls[0].arguments[0], /^words\n[\s\S]*\| `difference` \|[\s\S]*<!-- end -->\n$/);
});

test('a file that is not there is told in a line', async () => {
  await assert.rejects(run(['/no/such/page.md']), /^Error: \/no\/such\/page.md: ENOENT/);
});

test('a page has to be named', async () => {
  await assert.rejects(run([]), /expected one PATH, got 0\nusage: page FILE/);
});
