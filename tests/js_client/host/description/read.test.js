import assert from 'node:assert/strict';
import { globSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { BadDescription } from '../../../../js_client/host/description/check.js';
import { readDescription } from '../../../../js_client/host/description/read.js';
import { folderOf } from '../games.js';
import { table } from './described.js';

const TOML = `
name = "toy"
[time]
start = 2024-01-01T00:00:00+01:00
[action]
space = { type = "Discrete", n = 1 }
run = "act(action)"
[observation]
space = { type = "Box", low = -inf, high = 1, shape = [1] }
read = "[x]"
`;
const { name: _name, kind: _kind, entry: _entry, ...UNNAMED } = table();

/** @param {string} path @param {any} [options] */
async function problems(path, options) {
  try {
    await readDescription(path, options);
  } catch (error) {
    assert.ok(error instanceof BadDescription, error.stack);
    return error.message;
  }
  return '';
}

for (const [file, text] of [
  ['stepwire.game.toml', TOML],
  ['stepwire.game.json', JSON.stringify(table())],
  ['stepwire.game.mjs', `export default ${JSON.stringify(table())};`],
]) {
  test(`${file} is found in the game's folder, and by its own path`, async () => {
    const folder = folderOf({ [file]: text, 'index.html': '' });
    const read = await readDescription(folder);
    assert.deepEqual([read.folder, read.file, read.description.name, read.description.kind], [folder, join(folder, file), 'toy', 'browser']);
    assert.deepEqual(await readDescription(join(folder, file)), read);
  });
}

test('a function may make the description', async () => {
  const folder = folderOf({ 'stepwire.game.mjs': `export default () => (${JSON.stringify(table())});`, 'index.html': '' });
  assert.equal((await readDescription(folder)).description.name, 'toy');
});

test('TOML\'s dates and infinity mean what they say', async () => {
  const { description } = await readDescription(folderOf({ 'stepwire.game.toml': TOML, 'index.html': '' }));
  assert.equal(description.time.start, '2023-12-31T23:00:00Z');
  assert.equal(description.observation.space.low, null);
});

test('kind, entry and name are guessed', async () => {
  const folder = folderOf({ 'stepwire.game.json': JSON.stringify(UNNAMED), 'game.json': '{}', 'game.js': '' });
  const { description } = await readDescription(folder);
  assert.deepEqual([description.name, description.kind, description.entry], [basename(folder), 'wechat', 'game.js']);
});

test('a description may lie apart from its game, with files from elsewhere', async () => {
  const folder = folderOf({ 'toys/apart.json': JSON.stringify({ ...UNNAMED, root: '../game', mounts: { 'lib.js': '../libs/a.js' } }), 'game/index.html': '', 'libs/a.js': '' });
  const { description, folder: root, file } = await readDescription(join(folder, 'toys/apart.json'));
  assert.deepEqual([root, file, description.name, description.mounts], [join(folder, 'game'), join(folder, 'toys/apart.json'), 'game', { '/lib.js': '../libs/a.js' }]);
});

test('an entry may be one of the mounted files, and be written as a path from the root', async () => {
  const folder = folderOf({ 'stepwire.game.json': JSON.stringify(table({ kind: 'node', entry: '/main.js', mounts: { '/main.js': 'a.js' } })), 'a.js': '' });
  assert.equal((await readDescription(folder)).description.entry, 'main.js');
});

test('a page is played by the description beside it', async () => {
  const folder = folderOf({ 'stepwire.game.json': JSON.stringify(UNNAMED), 'two.html': '', 'index.html': '' });
  const { description } = await readDescription(join(folder, 'two.html'));
  assert.deepEqual([description.kind, description.entry], ['browser', 'two.html']);
});

test('what somebody else has read is taken as it is', async () => {
  const folder = folderOf({ 'stepwire.game.toml': 'no TOML', 'index.html': '' });
  for (const path of [folder, join(folder, 'stepwire.game.toml')]) {
    const { file, description } = await readDescription(path, { given: table() });
    assert.deepEqual([file, description.name], [join(folder, 'stepwire.game.toml'), 'toy']);
  }
});

const BAD = [
  ['no such path', {}, '/nowhere', /^there is no .*nowhere$/],
  ['a folder without a description', { 'index.html': '' }, '', /has no stepwire\.game\.toml.*looks like a browser game, since there is index\.html\. `stepwire host --init \/.* --write`/],
  ['a folder that tells nothing', { 'a.txt': '' }, '', /its files do not tell what kind of game it is/],
  ['two descriptions', { 'stepwire.game.toml': TOML, 'stepwire.game.json': '{}' }, '', /has several descriptions, stepwire\.game\.toml and stepwire\.game\.json/],
  ['broken TOML', { 'stepwire.game.toml': 'name = 1 2' }, '', /stepwire\.game\.toml: is not TOML: .*line 1/],
  ['broken JSON', { 'stepwire.game.json': '{' }, '', /stepwire\.game\.json: is not JSON: /],
  ['a list', { 'stepwire.game.json': '[]' }, '', /stepwire\.game\.json: expected a table of fields, got a list of 0$/],
  ['broken JavaScript', { 'stepwire.game.mjs': 'export default (' }, '', /stepwire\.game\.mjs: SyntaxError: .*shows the line/],
  ['JavaScript that raises', { 'stepwire.game.mjs': 'throw new Error("oh")' }, '', /stepwire\.game\.mjs: Error: oh$/],
  ['no default export', { 'stepwire.game.mjs': 'export const a = 1;' }, '', /expected a table of fields, got undefined/],
  ['no root', { 'stepwire.game.json': JSON.stringify(table({ root: 'gone' })) }, '', /^root: there is no folder \/.*gone$/],
  ['no entry', { 'stepwire.game.json': JSON.stringify(table()) }, '', /^entry: there is no file index\.html in \//],
  ['no kind', { 'stepwire.game.json': JSON.stringify(UNNAMED) }, '', /^kind: is missing, and the files in \/.* do not tell it: wechat, browser or node$/],
  ['no usual entry', { 'stepwire.game.json': JSON.stringify({ ...UNNAMED, kind: 'node' }) }, '', /^entry: is missing, and \/.* has no file that a node game usually begins with$/],
  ['no mounted file', { 'stepwire.game.json': JSON.stringify(table({ mounts: { '/a.js': 'gone.js' } })), 'index.html': '' }, '', /^mounts\."\/a\.js": there is no file \/.*gone\.js$/],
  ['several problems', { 'stepwire.game.json': JSON.stringify(table({ root: 'gone', nmae: 1, mounts: { a: 'b' } })) }, '', /^root: .*\nmounts\."a": .*\nnmae: .*did you mean name\?$/],
];

for (const [what, files, path, message] of BAD) {
  test(`${what}: told in one line`, async () => assert.match(await problems(join(folderOf(files), path)), message));
}

test('an entry outside of the game is none, by whatever links', async () => {
  const folder = folderOf({ 'outside.js': '', 'game/stepwire.game.json': JSON.stringify(table({ kind: 'node', entry: 'in.js' })) });
  symlinkSync(join(folder, 'outside.js'), join(folder, 'game/in.js'));
  assert.match(await problems(join(folder, 'game')), /^entry: in\.js lies outside \//);
  assert.match(await problems(join(folder, 'game'), { given: table({ kind: 'node', entry: 'a/../../outside.js' }) }), /^entry: .*lies outside/);
});

const EXAMPLES = fileURLToPath(new URL('../../../../js_client/examples/', import.meta.url));
const described = globSync('*/stepwire.game.*', { cwd: EXAMPLES }).map((file) => dirname(file));

for (const example of described) {
  test(`the example ${example} is in order`, async () => assert.equal(await problems(join(EXAMPLES, example)), ''));
}
