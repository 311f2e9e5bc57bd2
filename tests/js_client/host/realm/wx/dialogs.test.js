import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keepingCalls, miniGame } from './realms.js';

test('a question is confirmed and noted with its words', () => {
  const { wx, advance, notes } = miniGame();
  const { told, success } = keepingCalls();
  wx.showModal({ title: 'Over', content: 'Again?', success });
  advance();
  assert.deepEqual([told[0][1].confirm, told[0][1].cancel], [true, false]);
  assert.deepEqual(notes('dialogs'), ['showModal: Over Again?']);
});

test('of a list the first entry is chosen', async () => {
  const { wx, advance } = miniGame();
  const [chosen, wrong] = [wx.showActionSheet({ itemList: ['one', 'two'] }), wx.showActionSheet({})];
  advance();
  assert.equal((await chosen).tapIndex, 0);
  await assert.rejects(wrong, { errMsg: 'showActionSheet:fail parameter error: itemList' });
});

test('the keyboard confirms what stands in it', () => {
  const { wx, advance } = miniGame();
  const heard = [];
  wx.onKeyboardConfirm(({ value }) => heard.push(['confirm', value]));
  wx.onKeyboardComplete(({ value }) => heard.push(['complete', value]));
  wx.showKeyboard({ defaultValue: 'Ann' });
  advance();
  assert.deepEqual(heard, [['confirm', 'Ann'], ['complete', 'Ann']]);
});

test('toasts come and go without a note', () => {
  const { wx, advance, notes } = miniGame();
  const { told, complete } = keepingCalls();
  wx.showToast({ title: 'hi', complete });
  wx.showLoading({ title: 'wait', complete });
  wx.hideToast({ complete });
  wx.hideLoading({ complete });
  advance();
  assert.deepEqual([told.length, notes('dialogs')], [4, []]);
});
