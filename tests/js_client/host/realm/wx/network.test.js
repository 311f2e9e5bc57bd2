import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keepingCalls, miniGame } from './realms.js';

const FILES = { '/level.json': '{"n": 1}', '/note.txt': 'text' };

test('what is in the package is served, as JSON, text or bytes', () => {
  const { wx, advance } = miniGame(FILES);
  const { told, success } = keepingCalls();
  wx.request({ url: 'level.json', success });
  wx.request({ url: 'level.json', dataType: 'text', success });
  wx.request({ url: 'note.txt', success });
  wx.request({ url: 'note.txt', responseType: 'arraybuffer', success });
  advance();
  assert.deepEqual(told.map(([, { data }]) => data).slice(0, 3), [{ n: 1 }, '{"n": 1}', 'text']);
  assert.ok(told[3][1].data instanceof ArrayBuffer);
});

test('everything else fails in virtual time, noted without its query', () => {
  const { wx, advance, notes } = miniGame(FILES);
  const { told, fail, complete } = keepingCalls();
  wx.request({ url: 'https://example.com/rank?t=1', fail, complete });
  wx.uploadFile({ url: 'https://example.com/up', filePath: 'a', name: 'a', fail });
  assert.deepEqual(told, []);
  advance();
  assert.deepEqual(told.map(([name]) => name), ['fail', 'complete', 'fail']);
  assert.deepEqual(notes('network'), ['https://example.com/rank', 'https://example.com/up']);
});

test('a download lies where it is said to, or in a temporary file', () => {
  const { wx, advance } = miniGame(FILES);
  const { told, success } = keepingCalls();
  const path = `${wx.env.USER_DATA_PATH}/n.txt`;
  wx.downloadFile({ url: 'note.txt', success });
  wx.downloadFile({ url: 'note.txt', filePath: path, success });
  advance();
  const fs = wx.getFileSystemManager();
  for (const place of [told[0][1].tempFilePath, path]) assert.equal(fs.readFileSync(place, 'utf8'), 'text');
});

test('a request that is given up fails once and tells nothing more', () => {
  const { wx, advance } = miniGame(FILES);
  const { told, success, fail, complete } = keepingCalls();
  wx.request({ url: 'note.txt', success, fail, complete }).abort();
  advance();
  assert.deepEqual(told.map(([name, { errMsg }]) => [name, errMsg]), [['fail', 'request:fail abort'], ['complete', 'request:fail abort']]);
});
