import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keepingCalls, miniGame } from './realms.js';

const FILES = {
  '/game.json': '{"subpackages": [{"name": "two", "root": "parts/two/"}, {"name": "bad", "root": "bad/main.js"}]}',
  '/parts/two/game.js': 'module.exports.loaded = true;',
  '/bad/main.js': 'throw new Error("of the game");',
};

test('a subpackage is run in virtual time, with progress', () => {
  const { wx, kernel, advance } = miniGame(FILES);
  const { told, success } = keepingCalls();
  const progress = [];
  wx.loadSubpackage({ name: 'two', success }).onProgressUpdate(({ progress: part }) => progress.push(part));
  assert.deepEqual(told, []);
  advance();
  assert.deepEqual([told[0][1].errMsg, progress], ['loadSubpackage:ok', [100]]);
  assert.equal(kernel.modules.exportsOf('/parts/two/game.js').loaded, true);
});

for (const name of ['bad', 'none']) {
  test(`the subpackage ${name} fails`, () => {
    const { wx, advance } = miniGame(FILES);
    const { told, success, fail, complete } = keepingCalls();
    wx.loadSubpackage({ name, success, fail, complete });
    advance();
    assert.deepEqual(told.map(([outcome]) => outcome), ['fail', 'complete']);
  });
}

test('a worker does nothing, and that is noted', () => {
  const { wx, notes } = miniGame();
  const worker = wx.createWorker('workers/a.js');
  worker.onMessage(() => assert.fail());
  worker.postMessage({});
  worker.terminate();
  assert.deepEqual(notes('needs_browser'), ['createWorker: workers/a.js']);
});
