import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniGame } from './realms.js';

test('a new size reaches the canvas room, as whole numbers', () => {
  const { wx, kernel } = miniGame();
  const canvas = wx.createCanvas();
  canvas.width = 100.7;
  canvas.height = -3;
  assert.deepEqual([canvas.width, canvas.height], [100, 0]);
  assert.deepEqual(kernel.canvas.resizes, [[100, 667], [100, 0]]);
});

test('an adapter may put an element behind the canvas, and it goes on drawing', () => {
  const { wx } = miniGame();
  class HTMLElement { addEventListener() { return 'adapter'; } }
  const canvas = wx.createCanvas();
  const context = canvas.getContext('2d');
  canvas.__proto__.__proto__ = new HTMLElement();
  assert.equal(canvas.addEventListener(), 'adapter');
  assert.equal(canvas.getContext('2d'), context);
  assert.equal(canvas.width, 375);
});

test('a canvas is kept as a file that can be read', async () => {
  const { wx, advance } = miniGame();
  const path = wx.createCanvas().toTempFilePathSync();
  assert.deepEqual([...new Uint8Array(wx.getFileSystemManager().readFileSync(path))], [0, 1, 2]);
  const empty = Object.assign(wx.createCanvas(), { width: 0 }).toTempFilePath({});
  advance();
  await assert.rejects(empty, { errMsg: 'toTempFilePath:fail the canvas is empty' });
});
