import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keepingCalls, miniProgram } from './realms.js';

const logging = (page) => `Page({ ${['onLoad', 'onShow', 'onReady', 'onHide', 'onUnload'].map((name) => `${name}() { getApp().log.push('${page} ${name}'); }`).join(', ')} });`;
const FILES = {
  '/app.js': "App({ log: [], globalData: { best: 3 }, onLaunch() { this.log.push('app onLaunch'); }, onShow() { this.log.push('app onShow'); } });",
  '/app.json': '{"pages": ["pages/first", "pages/second"]}',
  '/pages/first.js': logging('first'),
  '/pages/second.js': "Page({ onLoad(query) { this.setData(query); getApp().log.push('second onLoad'); }, onUnload() { getApp().log.push('second onUnload'); } });",
};

test('the app starts, then the first page opens, in the order that WeChat keeps', () => {
  const { kernel } = miniProgram(FILES);
  assert.deepEqual(kernel.scope.getApp().log, ['app onLaunch', 'app onShow', 'first onLoad', 'first onShow', 'first onReady']);
  assert.equal(kernel.scope.getApp().globalData.best, 3);
});

test('getCurrentPages reads the data of what is open', () => {
  const { kernel, wx, advance } = miniProgram(FILES);
  wx.navigateTo({ url: '/pages/second?level=4&name=a%20b' });
  advance();
  const { scope } = kernel;
  assert.deepEqual(scope.getCurrentPages().map(({ route }) => route), ['pages/first', 'pages/second']);
  assert.deepEqual([scope.getCurrentPages()[1].data, kernel.pages.length], [{ level: '4', name: 'a b' }, 2]);
});

test('pages are hidden, shown again and unloaded', () => {
  const { kernel, wx, advance } = miniProgram(FILES);
  const { log } = kernel.scope.getApp();
  log.length = 0;
  wx.navigateTo({ url: 'second' });
  advance();
  wx.navigateBack();
  advance();
  wx.redirectTo({ url: 'second' });
  advance();
  assert.deepEqual(log, ['first onHide', 'second onLoad', 'second onUnload', 'first onShow', 'first onUnload', 'second onLoad']);
});

test('a page that there is not is not opened', () => {
  const { wx, advance, kernel } = miniProgram(FILES);
  const { told, fail } = keepingCalls();
  wx.navigateTo({ url: '/pages/none', fail });
  advance();
  assert.deepEqual([told[0][1].errMsg, kernel.pages.length], ['navigateTo:fail page "pages/none" is not found', 1]);
});

test('a program without pages is reported', () => {
  const { kernel } = miniProgram({ '/app.json': '{}' });
  assert.match(kernel.report.summary().errors[0], /app.json names no pages/);
});

test('a page opened a second time begins with the data of its definition', () => {
  const { kernel, wx, advance } = miniProgram({ '/pages/play.js': 'Page({ data: { n: 0 } });' });
  kernel.pages[0].setData({ n: 5 });
  wx.reLaunch({ url: 'play' });
  advance();
  assert.deepEqual([kernel.pages.length, kernel.pages[0].data.n], [1, 0]);
});

test('animations and observers are accepted', () => {
  const { wx } = miniProgram(FILES);
  assert.deepEqual(wx.createAnimation({ duration: 100 }).translate(1, 2).step().export(), { actions: [] });
  wx.createIntersectionObserver().relativeToViewport().observe('.a', () => assert.fail());
});
