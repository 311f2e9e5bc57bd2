import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun, valueIn } from '../games.js';

const value = (files, text = 'globalThis.value') => valueIn(`JSON.stringify(${text})`, files);

test('ES modules see each other’s bindings live, in cycles too, and without endings', () => {
  assert.equal(value({
    'index.js': "import { n, bump } from './counter'; import * as all from './counter'; bump(); globalThis.value = [n, all.twice()];",
    'counter.js': "import { helper } from './helper'; export let n = 1; export const bump = () => { n += 1; }; export const twice = () => helper();",
    'helper.js': "import { n } from './counter'; export const helper = () => 2 * n;",
  }), '[2,4]');
});

test('names of a CommonJS file can be imported, what it lacks is undefined', () => {
  assert.equal(value({
    'index.js': "import lib, { a, b as other, none } from './lib.js'; import './more.js'; globalThis.value = [lib.a, a, other, typeof none, globalThis.more];",
    'more.js': "import { b } from './lib.js'; globalThis.more = b;",
    'lib.js': 'module.exports = { a: 1, b: 2 };',
  }), '[1,1,2,"undefined",2]');
});

test('a transpiled file’s default is its own', () => {
  assert.equal(value({ 'index.js': "import lib from './lib.js'; globalThis.value = lib;", 'lib.js': 'exports.__esModule = true; exports.default = 7;' }), '7');
});

test('modules run in the order of their imports, CommonJS among them', () => {
  assert.equal(value({
    'index.js': "import './one.js'; import './two.js'; import './three.js'; globalThis.value = globalThis.order;",
    'one.js': 'globalThis.order = [1]; export {};', 'two.js': 'order.push(2); exports.x = 1;', 'three.js': 'order.push(3); export {};',
  }), '[1,2,3]');
});

test('require gives the namespace of an ES module, and JSON can be imported', () => {
  assert.equal(value({ 'index.js': "globalThis.value = [require('./m.js').x, require('./m.js').data.y];", 'm.js': "import data from './data.json'; export const x = 1; export { data };", 'data.json': '{"y": 2}' }), '[1,2]');
});

test('import() settles with the game’s own promises', () => {
  assert.equal(value({
    'index.js': "globalThis.value = []; import('./late.js').then(({ x }) => value.push(x)); import('./none.js').catch((error) => value.push(error.message)); value.push('first');",
    'late.js': 'export const x = 5;',
  }), JSON.stringify(['first', 5, "Cannot find module './none.js' from '/index.js'"]));
});

test('import.meta.url is where the module seems to be', () => {
  assert.equal(value({ 'index.js': 'globalThis.value = import.meta.url; export {};' }), '"https://game.stepwire/index.js"');
});

const WRONG = [
  [{ 'index.js': "import { x } from './m.js';", 'm.js': 'export const y = 1;' }, /does not provide an export named 'x'/],
  [{ 'index.js': "import './none.js';" }, /Cannot find module '\.\/none\.js' from '\/index\.js'/],
  [{ 'index.js': 'export const a = ;' }, /SyntaxError/],
  [{ 'index.js': 'export {}; throw new Error("at once");' }, /index\.js: Error: at once/],
];
for (const [files, message] of WRONG) {
  test(`${files['index.js']} fails by name`, () => assert.throws(() => begun(files), message));
}

test('each realm has modules of its own', () => {
  const files = { 'index.js': "import { n, bump } from './n.js'; bump(); globalThis.value = n;", 'n.js': 'export let n = 0; export const bump = () => { n += 1; };' };
  assert.deepEqual([value(files), value(files)], ['1', '1']);
});
