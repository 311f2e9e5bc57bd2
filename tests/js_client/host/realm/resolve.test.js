import assert from 'node:assert/strict';
import { test } from 'node:test';

import { folderOf, mappedSpecifier, pathOf, resolveModule, withDynamicImports } from '../../../../js_client/host/realm/resolve.js';

const PATHS = [
  ['a.png', '/', '/a.png'],
  ['a.png', '/img/page.html', '/img/a.png'],
  ['../a.png', '/js/deep/x.js', '/js/a.png'],
  ['../../../a.png', '/js/x.js', '/a.png'],
  ['/a/./b//c.png?v=3#x', '/js/', '/a/b/c.png'],
  ['a%20b.png', '/', '/a b.png'],
  ['100%.png', '/', '/100%.png'],
  ['https://game.stepwire/x/y.js', '/', '/x/y.js'],
  ['https://elsewhere.example/x.js', '/', undefined],
  ['//cdn.example/x.js', '/', undefined],
  ['data:text/plain,x', '/', undefined],
];
for (const [url, base, path] of PATHS) {
  test(`${url} in ${base} is ${path}`, () => assert.equal(pathOf(url, base), path));
}

const FILES = {
  '/game.js': '', '/js/main.js': '', '/js/base/index.js': '', '/js/data.json': '{}', '/lib/util.js': '',
  '/node_modules/thing/package.json': '{"main": "lib/start"}', '/node_modules/thing/lib/start.js': '',
  '/node_modules/plain/index.js': '', '/miniprogram_npm/plain/index.js': '',
};
const files = { exists: (path) => path in FILES, text: (path) => FILES[path] };

const MODULES = [
  ['./js/main', '/game.js', '/js/main.js'],
  ['./base', '/js/main.js', '/js/base/index.js'],
  ['./base/', '/js/main.js', '/js/base/index.js'],
  ['./data', '/js/main.js', '/js/data.json'],
  ['/lib/util', '/js/main.js', '/lib/util.js'],
  ['lib/util.js', '/js/main.js', '/lib/util.js'],
  ['data.json', '/js/main.js', '/js/data.json'],
  ['thing', '/js/main.js', '/node_modules/thing/lib/start.js'],
  ['plain', '/js/main.js', '/miniprogram_npm/plain/index.js'],
  ['https://game.stepwire/lib/util.js', '/js/main.js', '/lib/util.js'],
  ['./nowhere', '/js/main.js', undefined],
  ['node:fs', '/js/main.js', undefined],
];
for (const [specifier, from, path] of MODULES) {
  test(`import ${specifier} in ${from} leads to ${path}`, () => assert.equal(resolveModule(specifier, from, files), path));
}

test('the folder of a path ends with a slash', () => {
  assert.deepEqual(['/a.js', '/js/a.js', '/js/'].map(folderOf), ['/', '/js/', '/js/']);
});

const MAP = { three: './lib/three.js', 'three/': './lib/', 'three/addons/': '/addons/' };
const MAPPED = [['three', './lib/three.js'], ['three/a.js', './lib/a.js'], ['three/addons/b.js', '/addons/b.js'], ['threes', 'threes'], ['toString', 'toString']];
for (const [specifier, expected] of MAPPED) {
  test(`an import map makes ${expected} of ${specifier}`, () => assert.equal(mappedSpecifier(specifier, MAP), expected));
}

test('import() becomes a call, and words like it do not', () => {
  const text = withDynamicImports("import('./a.js'); x.import('b'); reimport('c'); import.meta", '/m.js');
  assert.equal(text, "globalThis[Symbol.for('stepwire.import')](\"/m.js\", './a.js'); x.import('b'); reimport('c'); import.meta");
});
