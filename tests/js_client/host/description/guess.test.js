import assert from 'node:assert/strict';
import { test } from 'node:test';

import { guessedKind, json, textAt } from '../../../../js_client/host/description/guess.js';
import { folderOf } from '../games.js';

const CASES = [
  ['a mini-game', { 'game.json': '{}', 'game.js': '' }, 'wechat', 'game.js'],
  ['a mini-game without game.json', { 'game.js': 'const canvas = wx.createCanvas();' }, 'wechat', 'game.js'],
  ['a mini-program', { 'app.json': '{"pages": ["pages/index"]}', 'app.js': '' }, 'wechat', 'app.js'],
  ['a mini-game with a page beside it', { 'game.json': '{}', 'game.js': '', 'index.html': '' }, 'wechat', 'game.js'],
  ['a page', { 'index.html': '', 'game.js': 'start()', 'package.json': '{"main": "game.js"}' }, 'browser', 'index.html'],
  ['a package', { 'package.json': '{"main": "./lib/a.js"}', 'lib/a.js': '', 'index.js': '' }, 'node', 'lib/a.js'],
  ['a package that leaves the ending out', { 'package.json': '{"main": "lib"}', 'lib/index.js': '' }, 'node', 'lib/index.js'],
  ['a package whose main is not there', { 'package.json': '{"main": "built.js"}', 'index.mjs': '' }, 'node', 'index.mjs'],
  ['a script', { 'index.js': '' }, 'node', 'index.js'],
];

for (const [what, files, kind, entry] of CASES) {
  test(`${what} is ${kind} and begins with ${entry}`, () => {
    const guess = guessedKind(folderOf(files));
    assert.deepEqual([guess?.kind, guess?.entry], [kind, entry]);
    assert.match(guess.why, /^[a-z]\S+/);
  });
}

test('nothing is guessed of files that tell nothing', () => {
  assert.equal(guessedKind(folderOf({ 'game.js': 'start()', 'app.json': 'broken' })), undefined);
});

test('of a known kind the usual entry is looked for', () => {
  const folder = folderOf({ 'game.js': 'start()', 'index.html': '' });
  assert.equal(guessedKind(folder, 'wechat')?.entry, 'game.js');
  assert.equal(guessedKind(folder, 'browser')?.entry, 'index.html');
  assert.equal(guessedKind(folder, 'node'), undefined);
});

test('a file that is not there, or is broken, says nothing', () => {
  const folder = folderOf({ 'a.json': '\uFEFF{"a": 1}', 'b.json': '{' });
  assert.deepEqual([json(folder, 'a.json'), json(folder, 'b.json'), json(folder, 'c.json'), textAt(folder, '.')], [{ a: 1 }, undefined, undefined, undefined]);
});
