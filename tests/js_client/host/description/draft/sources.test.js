import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sourcesOf } from '../../../../../js_client/host/description/draft/sources.js';
import { folderOf } from '../../games.js';

const FILES = {
  'index.html': '<script>let a = 1;</script><script type="module">import "./js/main.js";</script><script src="lib/phaser.min.js"></script>',
  'js/main.js': "import './old.js';",
  'js/old.js': 'var b = 2;',
  'lib/phaser.min.js': 'x',
  'lib/packed.js': 'y'.repeat(4000),
  'node_modules/a/index.js': 'z',
  'stepwire.game.mjs': 'export default {}',
  'main.test.js': 'test()',
  'a.png': '',
};

test('scripts of the game are read, those of libraries are named', () => {
  const { scripts, pages, libraries } = sourcesOf(folderOf(FILES), 'browser');
  assert.deepEqual(scripts.map(({ path, form }) => [path, form]), [
    ['index.html', 'classic'], ['index.html', 'module'], ['js/main.js', 'module'], ['js/old.js', 'classic'],
  ]);
  assert.deepEqual(pages.map(({ path }) => path), ['index.html']);
  assert.deepEqual(libraries, ['lib/phaser.min.js', 'lib/packed.js']);
});

test('outside of pages a script is CommonJS where it is no module', () => {
  const { scripts } = sourcesOf(folderOf(FILES), 'wechat');
  assert.deepEqual(scripts.map(({ path, form }) => [path, form]), [['js/main.js', 'module'], ['js/old.js', 'commonjs']]);
});
