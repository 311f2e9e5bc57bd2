import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { run } from '../../../../js_client/host/commands/init.js';
import { folderOf } from '../games.js';
import { called } from './called.js';

const game = () => folderOf({ 'index.html': '<canvas width="320" height="240"></canvas><script>let score = 0;</script>' });

test('a draft is printed, and nothing is written', async (t) => {
  const folder = game();
  const { code, text } = await called(t, run, [folder]);
  assert.equal(code, 0);
  assert.match(text, /\[action\]/);
  assert.equal(existsSync(join(folder, 'stepwire.game.toml')), false);
});

test('with --write the same draft is put into the folder, and it is said what comes next', async (t) => {
  const folder = game();
  const { text } = await called(t, run, [folder]);
  const { code, lines } = await called(t, run, [folder, '--write']);
  const file = join(folder, 'stepwire.game.toml');
  assert.equal(code, 0);
  assert.equal(readFileSync(file, 'utf8'), text);
  assert.match(lines.join('\n'), /stepwire host --check /);
  assert.ok(lines[0].startsWith(file));
});

for (const name of ['stepwire.game.toml', 'stepwire.game.json', 'stepwire.game.mjs']) {
  test(`a ${name} that is there stays as it is`, async (t) => {
    const folder = folderOf({ 'index.html': '', [name]: 'mine' });
    await assert.rejects(called(t, run, [folder, '--write']), new RegExp(`${name} is there already`));
    assert.equal(readFileSync(join(folder, name), 'utf8'), 'mine');
  });
}
