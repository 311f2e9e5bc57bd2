import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniGame } from './realms.js';

test('the first canvas is the screen, in CSS pixels; later ones are off it', () => {
  const { wx, kernel } = miniGame();
  const [first, second] = [wx.createCanvas(), wx.createCanvas()];
  assert.deepEqual([first.width, first.height], [375, 667]);
  assert.equal(kernel.canvas.screen(), first);
  assert.notEqual(first, second);
  assert.deepEqual([wx.createOffscreenCanvas({ width: 10, height: 20 }).width], [10]);
});

test('frames come as often as the game prefers', () => {
  const { wx, kernel, advance } = miniGame();
  wx.setPreferredFramesPerSecond(30);
  advance(3);
  assert.equal(kernel.clock.now(), 100);
  assert.equal(wx.getPerformance().now(), 100);
});

test('a font is known by its file\'s name', () => {
  const { wx } = miniGame();
  assert.equal(wx.loadFont('fonts/Pixel.ttf'), 'Pixel');
  assert.equal(wx.getTextLineHeight({ fontSize: 20 }), 24);
});

test('paths and pictures are made by the canvas room', () => {
  const { wx, kernel } = miniGame();
  assert.ok(wx.createPath2D() instanceof kernel.canvas.globals.Path2D);
  assert.ok(wx.createImageData(1, 1) instanceof kernel.canvas.globals.ImageData);
});
