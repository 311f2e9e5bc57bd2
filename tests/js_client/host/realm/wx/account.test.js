import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keepingCalls, miniGame } from './realms.js';

test('a login gives a code, another each time', () => {
  const { wx, advance } = miniGame();
  const { told, success } = keepingCalls();
  wx.login({ success });
  wx.login({ success });
  advance();
  const [first, second] = told.map(([, { code }]) => code);
  assert.ok(first && second && first !== second);
});

test('the user has allowed everything', async () => {
  const { wx, advance } = miniGame();
  const asked = [wx.getSetting(), wx.getUserInfo(), wx.authorize({ scope: 'scope.userInfo' })];
  advance();
  const [settings, user] = await Promise.all(asked);
  assert.deepEqual([settings.authSetting['scope.userInfo'], user.userInfo.nickName], [true, 'player']);
});

test('a payment is cancelled and noted', async () => {
  const { wx, advance, notes } = miniGame();
  const paid = wx.requestMidasPayment({ mode: 'game' });
  advance();
  await assert.rejects(paid, { errMsg: 'requestMidasPayment:fail cancel' });
  assert.deepEqual(notes('dialogs'), ['requestMidasPayment']);
});
