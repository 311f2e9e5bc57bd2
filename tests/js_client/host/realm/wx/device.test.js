import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keepingCalls, miniGame } from './realms.js';

test('the screen is that of the description, in every function that tells it', () => {
  const { wx } = miniGame();
  for (const info of [wx.getSystemInfoSync(), wx.getWindowInfo()]) {
    assert.deepEqual([info.screenWidth, info.screenHeight, info.windowWidth, info.windowHeight, info.pixelRatio], [375, 667, 375, 667, 2]);
  }
  const { right, top } = wx.getMenuButtonBoundingClientRect();
  assert.ok(right < 375 && top > 0);
});

test('the platform is the simulator, as adapters expect it', () => {
  const { wx } = miniGame();
  assert.deepEqual([wx.getSystemInfoSync().platform, wx.getDeviceInfo().platform], ['devtools', 'devtools']);
  assert.match(wx.getAppBaseInfo().SDKVersion, /^\d+\.\d+\.\d+$/);
});

test('what is asked with callbacks is the same', () => {
  const { wx, advance } = miniGame();
  const { told, success } = keepingCalls();
  wx.getSystemInfo({ success });
  wx.getNetworkType({ success });
  advance();
  assert.deepEqual([told[0][1].screenWidth, told[1][1].networkType], [375, 'wifi']);
});

test('the clipboard keeps a text', async () => {
  const { wx, advance } = miniGame();
  wx.setClipboardData({ data: 'hello' });
  const asked = wx.getClipboardData();
  advance();
  assert.equal((await asked).data, 'hello');
});

test('sensors may be started and say nothing', () => {
  const { wx, advance } = miniGame();
  const { told, success } = keepingCalls();
  wx.onAccelerometerChange(() => assert.fail());
  wx.startAccelerometer({ interval: 'game', success });
  advance(60);
  assert.equal(told[0][1].errMsg, 'startAccelerometer:ok');
});
