import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { CannotStart } from '../../../js_client/host/arguments.js';
import { optional, ownPackages, packageFolders } from '../../../js_client/host/optional.js';
import { folderOf } from './games.js';

const FOLDERS = [
  [{ STEPWIRE_NODE_MODULES: '/own/node_modules', XDG_CACHE_HOME: '/cache' }, '/own/node_modules'],
  [{ XDG_CACHE_HOME: '/cache' }, '/cache/stepwire/node_modules'],
  [{}, join(homedir(), '.cache', 'stepwire', 'node_modules')],
];
for (const [environment, folder] of FOLDERS) {
  test(`a user's own packages are in ${folder}`, () => assert.equal(ownPackages(environment), folder));
}

test('a package is found beside the game, whether it is CommonJS or not', async () => {
  const game = folderOf({
    'node_modules/old/package.json': '{"main": "a.js"}', 'node_modules/old/a.js': 'module.exports = { age: "old" };',
    'node_modules/new/package.json': '{"type": "module", "exports": "./b.js"}', 'node_modules/new/b.js': 'export const age = "new";',
  });
  assert.deepEqual([(await optional('old', 'for a test', game)).age, (await optional('new', 'for a test', game)).age], ['old', 'new']);
  assert.equal(packageFolders(game).at(-1), join(game, 'node_modules'));
});

test('one that is nowhere is told with the way out', async () => {
  await assert.rejects(optional('no-such-package', 'to do nothing'), new CannotStart(
    "npm's no-such-package is needed to do nothing: install it with `stepwire host --setup`",
  ));
});
