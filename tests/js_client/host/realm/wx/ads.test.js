import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniGame } from './realms.js';

test('a rewarded video counts as seen to its end', async () => {
  const { wx, advance } = miniGame();
  const ad = wx.createRewardedVideoAd({ adUnitId: 'x' });
  const heard = [];
  ad.onLoad(() => heard.push('load'));
  ad.onClose(({ isEnded }) => heard.push(['close', isEnded]));
  const shown = ad.show();
  advance(2);
  await shown;
  assert.deepEqual(heard, ['load', ['close', true]]);
});

test('an interstitial closes by itself, a banner stays', () => {
  const { wx, advance } = miniGame();
  const heard = [];
  const [interstitial, banner, custom] = [wx.createInterstitialAd({}), wx.createBannerAd({ style: { width: 200 } }), wx.createCustomAd({})];
  interstitial.onClose(() => heard.push('interstitial'));
  banner.onClose(() => heard.push('banner'));
  for (const ad of [interstitial, banner, custom]) ad.show();
  advance(3);
  assert.deepEqual([heard, banner.style.realWidth, custom.isShow()], [['interstitial'], 200, true]);
});
