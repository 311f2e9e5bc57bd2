import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniGame } from './realms.js';

test('onShow is called once, after the launch', () => {
  const { wx, advance } = miniGame();
  const shown = [];
  wx.onShow((options) => shown.push(options));
  assert.deepEqual(shown, []);
  advance(10);
  assert.deepEqual(shown.map(({ scene, query }) => [scene, query]), [[1001, {}]]);
  assert.equal(wx.getLaunchOptionsSync().scene, 1001);
});

test('onError hears of uncaught errors', () => {
  const { wx, kernel } = miniGame();
  const messages = [];
  wx.onError(({ message }) => messages.push(message));
  kernel.run(() => { throw new Error('oh'); });
  assert.deepEqual(messages, ['oh']);
});

test('a game that leaves is reported as an error', () => {
  const { wx, kernel } = miniGame();
  wx.exitMiniProgram();
  assert.match(kernel.report.summary().errors[0], /the game called exitMiniProgram/);
});

test('there is never an update', () => {
  const { wx } = miniGame();
  const updates = wx.getUpdateManager();
  updates.onCheckForUpdate(() => assert.fail());
  updates.onUpdateReady(() => assert.fail());
});
