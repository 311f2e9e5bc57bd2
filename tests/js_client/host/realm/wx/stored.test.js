import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keepingCalls, miniGame } from './realms.js';

for (const value of [3, 'text', '', true, null, [1, [2]], { a: { b: 1 } }]) {
  test(`${JSON.stringify(value)} comes back from the storage as it was`, () => {
    const { wx } = miniGame();
    wx.setStorageSync('key', value);
    assert.deepEqual(wx.getStorageSync('key'), value);
  });
}

test('what is not there reads as the empty text, and fails with callbacks', () => {
  const { wx, advance } = miniGame();
  const { told, fail } = keepingCalls();
  assert.equal(wx.getStorageSync('none'), '');
  wx.getStorage({ key: 'none', fail });
  advance();
  assert.equal(told[0][1].errMsg, 'getStorage:fail data not found');
});

test('what is stored with callbacks is there at once, and told later', () => {
  const { wx, advance } = miniGame();
  const { told, success } = keepingCalls();
  wx.setStorage({ key: 'best', data: { score: 7 }, success });
  assert.deepEqual(wx.getStorageSync('best'), { score: 7 });
  wx.getStorage({ key: 'best', success });
  advance();
  assert.deepEqual(told.map(([, result]) => result.data), [undefined, { score: 7 }]);
});

test('keys are listed, removed and cleared', () => {
  const { wx } = miniGame();
  for (const key of ['a', 'b', 'c']) wx.setStorageSync(key, key);
  wx.removeStorageSync('b');
  assert.deepEqual(wx.getStorageInfoSync().keys, ['a', 'c']);
  wx.clearStorageSync();
  assert.deepEqual(wx.getStorageInfoSync().keys, []);
});

test('scores for friends are kept for the player, who has none', async () => {
  const { wx, advance } = miniGame();
  wx.setUserCloudStorage({ KVDataList: [{ key: 'score', value: '12' }] });
  const asked = [wx.getUserCloudStorage({ keyList: ['score', 'other'] }), wx.getFriendCloudStorage({ keyList: ['score'] })];
  advance();
  const [own, friends] = await Promise.all(asked);
  assert.deepEqual([own.KVDataList, friends.data], [[{ key: 'score', value: '12' }], []]);
});

test('the open data context is always the same, with a canvas of the screen\'s size', () => {
  const { wx } = miniGame();
  const context = wx.getOpenDataContext();
  context.postMessage({ type: 'rank' });
  assert.equal(wx.getOpenDataContext(), context);
  assert.deepEqual([context.canvas.width, context.canvas.height], [375, 667]);
});
