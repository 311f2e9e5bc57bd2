import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniGame } from './realms.js';

function heardTouches(wx) {
  const heard = [];
  const ids = (touches) => touches.map(({ identifier }) => identifier);
  for (const name of ['Start', 'Move', 'End', 'Cancel']) {
    wx[`onTouch${name}`](({ type, touches, changedTouches }) => heard.push([type, ids(touches), ids(changedTouches)]));
  }
  return heard;
}

test('touches are those that are down, changedTouches those that changed', () => {
  const { wx, kernel } = miniGame();
  const heard = heardTouches(wx);
  kernel.inputs.touch('start', [{ x: 1, y: 2, id: 0 }]);
  kernel.inputs.touch('start', [{ x: 3, y: 4, id: 1 }]);
  kernel.inputs.touch('move', [{ x: 5, y: 6, id: 0 }]);
  kernel.inputs.touch('end', [{ x: 5, y: 6, id: 0 }]);
  kernel.inputs.touch('end', [{ x: 3, y: 4, id: 1 }]);
  assert.deepEqual(heard, [
    ['touchstart', [0], [0]], ['touchstart', [0, 1], [1]], ['touchmove', [0, 1], [0]], ['touchend', [1], [0]], ['touchend', [], [1]],
  ]);
});

test('a touch says its place in the ways that games read it, and when', () => {
  const { wx, kernel, advance } = miniGame();
  let event;
  wx.onTouchStart((given) => { event = given; });
  advance(3);
  kernel.inputs.touch('start', [{ x: 10, y: 20 }]);
  const [{ clientX, clientY, pageX, pageY, force, identifier }] = event.changedTouches;
  assert.deepEqual([clientX, clientY, pageX, pageY, force, identifier, event.timeStamp], [10, 20, 10, 20, 1, 0, 50]);
});

test('keys are told with name and code', () => {
  const { wx, kernel } = miniGame();
  const heard = [];
  wx.onKeyDown(({ key, code }) => heard.push(['down', key, code]));
  wx.onKeyUp(({ key, code }) => heard.push(['up', key, code]));
  kernel.inputs.key('down', 'a');
  kernel.inputs.key('up', 'ArrowLeft');
  assert.deepEqual(heard, [['down', 'a', 'KeyA'], ['up', 'ArrowLeft', 'ArrowLeft']]);
});

test('the mouse touches where a game knows no mouse', () => {
  const { wx, kernel } = miniGame();
  const heard = heardTouches(wx);
  kernel.inputs.mouse('move', { x: 1, y: 1 });
  kernel.inputs.mouse('down', { x: 2, y: 2 });
  kernel.inputs.mouse('move', { x: 3, y: 3 });
  kernel.inputs.mouse('up', { x: 3, y: 3 });
  assert.deepEqual(heard.map(([type]) => type), ['touchstart', 'touchmove', 'touchend']);
});

test('the mouse is a mouse where a game listens to it', () => {
  const { wx, kernel } = miniGame();
  const touches = heardTouches(wx);
  const heard = [];
  wx.onMouseDown(({ x, y, button }) => heard.push(['down', x, y, button]));
  wx.onMouseMove(({ movementX, movementY }) => heard.push(['move', movementX, movementY]));
  kernel.inputs.mouse('down', { x: 2, y: 2 }, 2);
  kernel.inputs.mouse('move', { x: 5, y: 1 });
  assert.deepEqual([heard, touches], [[['down', 2, 2, 2], ['move', 3, -1]], []]);
});
