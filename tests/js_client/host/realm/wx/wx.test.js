import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniGame } from './realms.js';

test('a name that wx lacks is undefined and noted once', () => {
  const { wx, notes } = miniGame();
  assert.equal(wx.fly, undefined);
  assert.equal(wx.fly, undefined);
  assert.deepEqual(notes('unknown_wx'), ['fly']);
});

test('with the official names, a mistake is told from what is not provided', () => {
  const { wx, notes } = miniGame({}, { wxNames: ['getRankManager'] });
  assert.deepEqual([wx.getRankManager, wx.getRnkManager], [undefined, undefined]);
  assert.deepEqual(notes('unknown_wx'), ['getRankManager (official, not provided here)', 'getRnkManager (no function of wx)']);
});

test('what every object has, what promises ask for, and what the game sets itself is no unknown name', async () => {
  const { wx, notes } = miniGame();
  wx.myOwn = 1;
  await wx;
  assert.deepEqual([`${wx}`, wx.myOwn, wx.hasOwnProperty('myOwn'), wx[Symbol.iterator]], ['[object Object]', 1, true, undefined]);
  assert.ok(wx.__proto__);
  assert.deepEqual(notes('unknown_wx'), []);
});

test('its functions may be replaced, listed, and asked for without a note', () => {
  const { wx, notes } = miniGame();
  wx.showToast = () => 'mine';
  assert.equal(wx.showToast(), 'mine');
  assert.ok(Object.keys(wx).length > 95);
  assert.deepEqual([wx.canIUse('createCanvas'), wx.canIUse('fly.away'), 'fly' in wx], [true, false, false]);
  assert.deepEqual(notes('unknown_wx'), []);
});

test('nextTick runs when the code that asked has ended', async () => {
  const { wx } = miniGame();
  const order = [];
  wx.nextTick(() => order.push('later'));
  order.push('now');
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(order, ['now', 'later']);
});

test('every function that real games use is there', () => {
  const { wx, notes } = miniGame();
  for (const name of USED.trim().split(/\s+/)) assert.ok(wx[name], name);
  assert.deepEqual(notes('unknown_wx'), []);
});

const USED = `
  createCanvas createImage createInnerAudioContext createWebAudioContext onShow onHide offShow offHide getSystemInfo getSystemInfoSync
  getWindowInfo getDeviceInfo getAppBaseInfo getSystemSetting getMenuButtonBoundingClientRect getLaunchOptionsSync getEnterOptionsSync
  getAccountInfoSync triggerGC setStorage setStorageSync getStorage getStorageSync removeStorage removeStorageSync clearStorage
  clearStorageSync getStorageInfo getStorageInfoSync cloud setUserCloudStorage getUserCloudStorage getFriendCloudStorage
  getOpenDataContext vibrateShort vibrateLong showToast hideToast showModal showLoading hideLoading showActionSheet showKeyboard
  hideKeyboard updateKeyboard onKeyboardInput offKeyboardInput onKeyboardConfirm onKeyboardComplete setPreferredFramesPerSecond
  getFileSystemManager login checkSession getUserInfo getSetting authorize createUserInfoButton request downloadFile uploadFile
  loadSubpackage loadFont getPerformance createRewardedVideoAd createBannerAd createInterstitialAd createCustomAd shareAppMessage
  showShareMenu hideShareMenu onShareAppMessage offShareAppMessage updateShareMenu onShareTimeline setKeepScreenOn setClipboardData
  getClipboardData getNetworkType onNetworkStatusChange offNetworkStatusChange getBatteryInfoSync onAccelerometerChange
  startAccelerometer stopAccelerometer onGyroscopeChange startGyroscope onDeviceMotionChange startDeviceMotionListening onError offError
  onUnhandledRejection onWindowResize offWindowResize onAudioInterruptionBegin onAudioInterruptionEnd offAudioInterruptionEnd
  onMemoryWarning getUpdateManager exitMiniProgram navigateToMiniProgram reportAnalytics reportEvent reportMonitor getLogManager
  getRealtimeLogManager createGameClubButton createFeedbackButton createWorker base64ToArrayBuffer arrayBufferToBase64 canIUse env
  connectSocket onSocketOpen onSocketMessage onSocketError onSocketClose sendSocketMessage closeSocket onTouchStart onTouchMove
  onTouchEnd onTouchCancel offTouchStart offTouchMove offTouchEnd offTouchCancel onKeyDown onKeyUp onMouseDown onMouseMove onMouseUp
`;
