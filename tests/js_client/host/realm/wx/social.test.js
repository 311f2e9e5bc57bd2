import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniGame } from './realms.js';

test('sharing is accepted and asks nobody for a title', () => {
  const { wx, kernel } = miniGame();
  wx.onShareAppMessage(() => assert.fail());
  wx.onShareTimeline(() => assert.fail());
  wx.showShareMenu({ withShareTicket: true });
  wx.shareAppMessage({ title: 'play' });
  wx.offShareAppMessage();
  assert.equal(kernel.report.errorCount(), 0);
});

test('another mini-program is not reached, and that is noted', async () => {
  const { wx, advance, notes } = miniGame();
  const going = wx.navigateToMiniProgram({ appId: 'other' });
  advance();
  await assert.rejects(going, { errMsg: 'navigateToMiniProgram:fail cancel' });
  assert.deepEqual(notes('dialogs'), ['navigateToMiniProgram']);
});

test('logs and statistics are swallowed', () => {
  const { wx } = miniGame();
  wx.getLogManager({ level: 1 }).info('a', 1);
  wx.getRealtimeLogManager().tag('x').error('b');
  assert.equal(wx.reportEvent('level', { number: 1 }), undefined);
  assert.equal(wx.reportAnalytics('level', {}), undefined);
});
