import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { run } from '../../../../js_client/host/commands/describe.js';
import { folderOf } from '../games.js';
import { table } from '../description/described.js';
import { called } from './called.js';

test('a description is printed as one line of JSON, with its folder and its file', async (t) => {
  const folder = folderOf({ 'index.html': '', 'stepwire.game.json': JSON.stringify(table()) });
  const { code, lines } = await called(t, run, [folder]);
  const { description, ...places } = JSON.parse(lines.join());
  assert.deepEqual([code, lines.length, places], [0, 1, { folder, file: join(folder, 'stepwire.game.json') }]);
  assert.deepEqual([description.name, description.time.fps], ['toy', 60]);
});

test('what is given is taken for what the file says', async (t) => {
  const folder = folderOf({ 'index.html': '', 'stepwire.game.toml': 'nobody reads this' });
  const given = JSON.stringify(table({ name: 'given' }));
  const { lines } = await called(t, run, [join(folder, 'stepwire.game.toml'), '--given', given]);
  assert.equal(JSON.parse(lines[0]).description.name, 'given');
});

test('problems are thrown, all of them, and nothing is printed', async (t) => {
  const folder = folderOf({ 'index.html': '', 'stepwire.game.json': '{"nmae": "a", "actoin": {}}' });
  await assert.rejects(called(t, run, [folder]), /nmae: .*\nactoin: .*/);
});
