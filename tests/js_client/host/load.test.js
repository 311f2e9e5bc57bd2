import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';

import { CannotStart } from '../../../js_client/host/arguments.js';
import { loadGame } from '../../../js_client/host/load.js';

const folder = mkdtempSync(join(tmpdir(), 'stepwire-'));

function module(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('the default export is the game, or the function that makes one', async () => {
  const path = module('game.mjs', 'export default () => 7;');
  assert.equal((await loadGame(path))(), 7);
  assert.equal((await loadGame(relative('.', path)))(), 7);
  assert.deepEqual(await loadGame(module('object.mjs', 'export default { name: "x" };')), { name: 'x' });
});

test('a game finds the package without having installed it', async () => {
  const path = module('lent.mjs', "import { box } from 'stepwire'; import { node } from 'stepwire/transports/node'; export default { box, node };");
  const { box } = await import('../../../js_client/src/index.js');
  assert.equal((await loadGame(path)).box, box);
});

const REFUSED = [
  ['another package that is not there', () => module('needy.mjs', "import 'no-such-package';"), /Cannot find package 'no-such-package'/],
  ['a file that is not there', () => join(folder, 'missing.mjs'), /Cannot find module/],
  ['a mistake in the file', () => module('broken.mjs', 'export default ('), /SyntaxError: .* \(`node \/.*broken\.mjs` shows the line\)$/],
  ['a file that raises', () => module('raising.mjs', 'throw new Error("one\\ntwo");'), /Error: one$/],
  ['no default export', () => module('bare.mjs', 'export const game = 1;'), /the default export must be a game or a function/],
  ['null', () => module('null.mjs', 'export default null;'), /the default export must be/],
];

for (const [what, path, message] of REFUSED) {
  test(`${what} is refused in one line that names the file`, async () => {
    await assert.rejects(loadGame(path()), (error) => {
      assert.ok(error instanceof CannotStart);
      assert.match(error.message, /^--game \/.*\.mjs: /);
      assert.match(error.message, message);
      return true;
    });
  });
}
