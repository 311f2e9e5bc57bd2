import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  CREATED_EVENTS, CustomEvent, KeyboardEvent, MouseEvent, PointerEvent, Touch, TouchEvent, UIEvent, WheelEvent,
} from '../../../../../js_client/host/realm/web/interface-events.js';
import { arrived } from './arrived.js';

const FIELDS = [
  [CustomEvent, { detail: 5 }, 'detail', 5], [CustomEvent, {}, 'detail', null], [UIEvent, { detail: 2 }, 'detail', 2],
  [MouseEvent, { clientX: 7 }, 'x', 7], [MouseEvent, { clientY: 8 }, 'pageY', 8], [MouseEvent, { button: 2 }, 'which', 3],
  [KeyboardEvent, { key: 'a', keyCode: 65 }, 'which', 65], [KeyboardEvent, { key: 'a' }, 'key', 'a'], [KeyboardEvent, {}, 'repeat', false],
  [PointerEvent, { pointerType: 'touch' }, 'pointerType', 'touch'], [WheelEvent, { deltaY: 100 }, 'wheelDelta', -120],
];
for (const [Kind, init, name, expected] of FIELDS) {
  test(`${Kind.name} of ${JSON.stringify(init)} has ${name} ${expected}`, () => {
    arrived();
    assert.equal(new Kind('x', init)[name], expected);
  });
}

test('offsets are from the corner of the target', () => {
  const { window } = arrived();
  window.scrollX = 0;
  const event = new MouseEvent('x', { clientX: 50, clientY: 60 });
  assert.deepEqual([event.offsetX, event.offsetY], [50, 60]);
});

test('modifiers are asked for by their key', () => {
  arrived();
  const event = new KeyboardEvent('x', { shiftKey: true });
  assert.deepEqual([event.getModifierState('Shift'), event.getModifierState('Alt')], [true, false]);
});

test('touches are lists with item', () => {
  arrived();
  const touch = new Touch({ identifier: 3, target: {}, clientX: 4, clientY: 5 });
  const event = new TouchEvent('x', { changedTouches: [touch] });
  assert.deepEqual([event.changedTouches.length, event.changedTouches.item(0).identifier, event.touches.item(0), touch.pageX], [1, 3, null, 4]);
});

test('the old way of making a mouse event works', () => {
  arrived();
  const event = new CREATED_EVENTS.mouseevent('');
  event.initMouseEvent('click', true, true, null, 1, 0, 0, 30, 40, false, false, true, false, 1);
  assert.deepEqual([event.type, event.clientX, event.clientY, event.shiftKey, event.button], ['click', 30, 40, true, 1]);
});

test('the old way of making an event of one’s own works', () => {
  arrived();
  const event = new CustomEvent('');
  event.initCustomEvent('won', true, false, 12);
  assert.deepEqual([event.type, event.detail], ['won', 12]);
});
