import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { BadPackage, createPackage } from '../../../../js_client/host/vm/package.js';
import { description, folderOf, packageOf } from '../games.js';

test('texts and bytes are the files’ own, and nothing lies outside the folder', () => {
  const outside = folderOf({ 'secret.txt': 'secret' });
  const folder = folderOf({ 'a.txt': 'ä', 'sub/b.js': '1' });
  symlinkSync(join(outside, 'secret.txt'), join(folder, 'link.txt'));
  mkdirSync(join(folder, 'empty'));
  const pack = createPackage({ folder, file: join(folder, 'x'), description: description() });
  assert.equal(pack.text('/a.txt'), 'ä');
  assert.deepEqual([...new Uint8Array(pack.bytes('/a.txt'))], [0xc3, 0xa4]);
  assert.deepEqual(['/sub/b.js', '/link.txt', '/../secret.txt', '/empty', '/none'].map(pack.exists), [true, false, false, false, false]);
  assert.equal(pack.text('/link.txt'), undefined);
});

test('a mounted file lies where the description puts it', () => {
  const elsewhere = folderOf({ 'lib.js': 'lib' });
  const pack = packageOf({ 'index.js': '' }, { mounts: { '/lib/engine.js': join(elsewhere, 'lib.js') } });
  assert.equal(pack.text('/lib/engine.js'), 'lib');
  assert.throws(() => packageOf({}, { mounts: { '/x.js': 'none.js' } }), /mounts: \/x\.js: there is no file .*none\.js/);
});

const MODULES = [
  ['import x from "./x.js";', true],
  ['export default 1;', true],
  ['const a = 1;\nexport { a };', true],
  ['  import "./side.js"', true],
  ['export const a = await 1;', true],
  ['module.exports = 1;', false],
  ['// import x from "x"\nvar a = `\nimport y from "y"\n`;', false],
  ['import("./x.js");', false],
  ['', false],
];
for (const [text, expected] of MODULES) {
  test(`${JSON.stringify(text)} is ${expected ? 'an ES module' : 'a script'}`, () => {
    assert.equal(packageOf({ 'x.js': text }).isModule('/x.js'), expected);
  });
}

test('a patch replaces what is there exactly once', () => {
  const patch = (find) => ({ hooks: { patches: [{ file: 'x.js', find, replace: '$&' }] } });
  assert.equal(packageOf({ 'x.js': 'a b b' }, patch('a')).text('/x.js'), '$& b b');
  assert.throws(() => packageOf({ 'x.js': 'a b b' }, patch('b')), new BadPackage('hooks.patches: x.js: "b" must be there once, and is 2 times'));
  assert.throws(() => packageOf({ 'x.js': '' }, patch('a')), /is 0 times/);
  assert.throws(() => packageOf({}, patch('a')), /there is no file x\.js in the game/);
});

test('what is read once is kept: a game does not change under its realms', () => {
  const folder = folderOf({ 'x.js': 'one' });
  const pack = createPackage({ folder, file: join(folder, 'x'), description: description() });
  assert.equal(pack.text('/x.js'), 'one');
  writeFileSync(join(folder, 'x.js'), 'two');
  assert.equal(pack.text('/x.js'), 'one');
});
