import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun, valueIn } from '../games.js';

test('modules run once, in a cycle too, and export what they have by then', () => {
  const value = valueIn("stepwire.module('index.js')", {
    'index.js': "const a = require('./a'); const again = require('./a.js'); module.exports = { same: a === again, seen: a.seen };",
    'a.js': "exports.early = 1; exports.seen = require('./b').seen;",
    'b.js': "exports.seen = require('./a').early;",
  });
  assert.deepEqual({ ...value }, { same: true, seen: 1 });
});

test('a module sees its own name, folder and `this`', () => {
  const value = valueIn("stepwire.module('js/x').list", {
    'index.js': "require('./js/x');", 'js/x.js': 'exports.list = [__filename, __dirname, this === exports, require.resolve("../index")];',
  });
  assert.deepEqual([...value], ['/js/x.js', '/js', true, '/index.js']);
});

test('JSON is a module', () => {
  assert.equal(valueIn("stepwire.module('index').level", { 'index.js': "exports.level = require('./data').levels[1];", 'data.json': '{"levels": [1, 2]}' }), 2);
});

test('a module that raises is not kept, and one that is not there is told by name', () => {
  const { info } = begun({
    'index.js': `exports.told = [];
      for (const name of ['./bad', './bad', './none']) try { require(name); } catch (error) { exports.told.push(error.message); }`,
    'bad.js': 'globalThis.times = (globalThis.times ?? 0) + 1; throw new Error("bad " + times);',
  }, { info: { told: "stepwire.module('index').told" } });
  assert.deepEqual([...info.told], ['bad 1', 'bad 2', "Cannot find module './none' from '/index.js'"]);
  assert.deepEqual([...info.fidelity.missing_files], ['./none']);
});

test('a peek reads a scope that nothing exports, as it is now', () => {
  const files = { 'index.js': "const { bump } = require('./deep'); bump();", 'deep.js': 'let n = 1; exports.bump = () => { n += 1; };' };
  assert.equal(valueIn("stepwire.peek('deep.js').n", files, { hooks: { peek: { 'deep.js': ['n'] } } }), 2);
  assert.throws(() => valueIn("stepwire.peek('index.js').n", files), /hooks\.peek does not name index\.js/);
});

test('what the game has not loaded exports nothing', () => {
  assert.throws(() => valueIn("stepwire.module('other.js')", { 'index.js': '', 'other.js': '' }), /has not loaded a module other\.js/);
});
