import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun } from '../../games.js';

test('a Node program finds process and require, and neither a page nor wx', () => {
  const { info } = begun({ 'index.js': 'module.exports = 1;' }, { info: { seen: '[typeof process, typeof require, typeof window, typeof wx].join()' } });
  assert.equal(info.seen, 'object,function,undefined,undefined');
});
