import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keepingCalls, miniGame } from './realms.js';

test('a video ends unseen, and that is noted', () => {
  const { wx, advance, notes } = miniGame();
  const video = wx.createVideo({ src: 'intro.mp4', autoplay: true });
  let ended = 0;
  video.onEnded(() => { ended += 1; });
  advance(59);
  assert.equal(ended, 0);
  advance(2);
  assert.deepEqual([ended, notes('needs_browser')], [1, ['createVideo: intro.mp4']]);
});

test('what nothing stands behind is refused and noted', () => {
  const { wx, advance, notes } = miniGame();
  const { told, fail } = keepingCalls();
  wx.openBluetoothAdapter({ fail });
  advance();
  assert.deepEqual([told[0][1].errMsg, notes('needs_browser')], ['openBluetoothAdapter:fail not supported', ['openBluetoothAdapter']]);
});

test('text is encoded and decoded', () => {
  const { wx } = miniGame();
  assert.equal(wx.decode({ data: wx.encode({ data: 'é', format: 'utf8' }) }), 'é');
});

test('nothing is recorded', () => {
  const { wx } = miniGame();
  const recorder = wx.getGameRecorder();
  recorder.start();
  assert.equal(recorder.isFrameSupported(), false);
  assert.deepEqual(wx.getGamepads(), []);
});
