import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniProgram } from './realms.js';

const CODE = `Page({ data: { heard: [] },
  start({ type, touches }) { this.data.heard.push([type, touches[0].x, touches[0].clientY]); },
  end({ type, touches }) { this.data.heard.push([type, touches.length]); },
  tap({ type, currentTarget, detail }) { this.data.heard.push([type, currentTarget.dataset.n, detail.x]); },
  other() { this.data.heard.push('other'); } });`;

function played(wxml) {
  const { kernel, page, notes } = miniProgram({ '/pages/play.js': CODE, '/pages/play.wxml': wxml });
  const { touch } = kernel.inputs;
  return { heard: page.data.heard, notes, touch };
}

test('a touch comes to the handler that the page binds', () => {
  const { heard, touch } = played('<view bindtouchstart="start" bindtouchend="end"></view>');
  touch('start', [{ x: 10, y: 20, id: 0 }]);
  touch('end', [{ x: 90, y: 20, id: 0 }]);
  assert.deepEqual(heard, [['touchstart', 10, 20], ['touchend', 0]]);
});

test('what is lifted near to where it came down is a tap', () => {
  const { heard, touch } = played('<view catchtap="tap" data-n="3"/>');
  touch('start', [{ x: 10, y: 20, id: 0 }]);
  touch('end', [{ x: 12, y: 20, id: 0 }]);
  touch('start', [{ x: 10, y: 20, id: 0 }]);
  touch('end', [{ x: 80, y: 20, id: 0 }]);
  assert.deepEqual(heard, [['tap', '3', 12]]);
});

test('of several handlers only a layout could tell the right one: none is called, and that is noted', () => {
  const { heard, touch, notes } = played('<view bindtap="tap"/><view bindtap="other"/>');
  touch('start', [{ x: 10, y: 20, id: 0 }]);
  touch('end', [{ x: 10, y: 20, id: 0 }]);
  assert.deepEqual(heard, []);
  assert.deepEqual(notes('needs_browser'), ['which of tap, other a tap of pages/play means']);
});
