import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniGame } from './realms.js';

const FILES = { '/a.png': 'picture', '/b.png': 'picture' };

test('an image loads in virtual time, then has its size', () => {
  const { wx, advance, kernel } = miniGame(FILES);
  const image = wx.createImage();
  const events = [];
  image.onload = function loaded({ type }) { events.push([type, this === image]); };
  image.src = 'a.png';
  assert.deepEqual([image.complete, image.width, events], [false, 0, []]);
  advance();
  assert.deepEqual([image.complete, image.width, image.height, events], [true, 32, 16, [['load', true]]]);
  assert.ok(kernel.images.attached.has(image));
});

test('one that is not there calls onerror', () => {
  const { wx, advance } = miniGame(FILES);
  const image = wx.createImage();
  let errors = 0;
  image.onload = () => assert.fail();
  image.onerror = () => { errors += 1; };
  image.src = 'none.png';
  advance();
  assert.equal(errors, 1);
});

test('of two sources in a row only the last one is told', () => {
  const { wx, advance } = miniGame(FILES);
  const image = wx.createImage();
  let loads = 0;
  image.onload = () => { loads += 1; };
  image.src = 'a.png';
  image.src = 'b.png';
  advance();
  assert.deepEqual([loads, image.src], [1, 'b.png']);
});

test('a file of the game\'s own is loaded by its bytes', () => {
  const { wx, kernel } = miniGame();
  const path = `${wx.env.USER_DATA_PATH}/own.png`;
  wx.getFileSystemManager().writeFileSync(path, 'AAEC', 'base64');
  wx.createImage().src = path;
  assert.deepEqual(kernel.images.asked, ['data:image/png;base64,AAEC']);
});

test('a size that the game sets is kept', () => {
  const { wx, advance } = miniGame(FILES);
  const image = Object.assign(wx.createImage(), { width: 10, src: 'a.png' });
  advance();
  assert.deepEqual([image.width, image.height, image.naturalWidth], [10, 16, 32]);
});
