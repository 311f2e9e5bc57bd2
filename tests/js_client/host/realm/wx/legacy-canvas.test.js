import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniProgram } from './realms.js';

function drawing(files = {}) {
  const realm = miniProgram({ '/pages/play.js': 'Page({});', '/pages/play.wxml': '<canvas canvas-id="old"/>', ...files });
  const context = realm.wx.createCanvasContext('old');
  return { ...realm, context, calls: realm.kernel.canvas.contextOf(realm.kernel.canvas.screen()).calls };
}

test('what is called is drawn by draw, on a canvas that is cleared first', () => {
  const { context, calls } = drawing();
  context.setFillStyle('red');
  context.fillRect(1, 2, 3, 4);
  assert.deepEqual(calls, []);
  context.draw();
  assert.deepEqual(calls, [
    ['save'], ['setTransform', 1, 0, 0, 1, 0, 0], ['clearRect', 0, 0, 375, 667], ['=', 'fillStyle', 'red'], ['fillRect', 1, 2, 3, 4], ['restore'],
  ]);
});

test('draw(true) keeps what is there, and draws only what is new', () => {
  const { context, calls } = drawing();
  context.fillRect(0, 0, 1, 1);
  context.draw();
  calls.length = 0;
  context.globalAlpha = 0.5;
  context.setFontSize(20);
  context.draw(true);
  assert.deepEqual(calls.slice(2), [['=', 'globalAlpha', 0.5], ['=', 'font', '20px sans-serif'], ['restore']]);
});

test('draw waits for pictures that are named by their paths, then tells', () => {
  const { context, calls, advance } = drawing({ '/a.png': 'picture' });
  let done = 0;
  context.drawImage('/a.png', 0, 0, 10, 10);
  context.draw(false, () => { done += 1; });
  assert.deepEqual([calls, done], [[], 0]);
  advance(2);
  const [, picture, ...place] = calls.find(([name]) => name === 'drawImage');
  assert.deepEqual([picture.width, place, done], [32, [0, 0, 10, 10], 1]);
});

test('a picture that is not there is left out and keeps nothing waiting', () => {
  const { context, calls, advance } = drawing();
  context.drawImage('/none.png', 0, 0);
  context.draw();
  advance();
  assert.deepEqual(calls.map(([name]) => name), ['save', 'setTransform', 'clearRect', 'restore']);
});

test('shadows and gradients of the older kind are those of today', () => {
  const { context, calls } = drawing();
  context.createCircularGradient(1, 2, 3);
  assert.deepEqual(calls.at(-1), ['createRadialGradient', 1, 2, 0, 1, 2, 3]);
  context.setShadow(1, 2, 3, 'black');
  context.draw();
  assert.deepEqual(calls.filter(([, name]) => String(name).startsWith('shadow')).map(([, , value]) => value), [1, 2, 3, 'black']);
});
