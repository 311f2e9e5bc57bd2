import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Event, constants, trusted } from '../../../../../js_client/host/realm/web/event.js';
import { arrived } from './arrived.js';

test('an event has what it was made with, and the virtual time', () => {
  const { kernel } = arrived();
  kernel.clock.advance();
  const event = new Event('fall', { bubbles: true });
  assert.deepEqual([event.type, event.bubbles, event.cancelable, event.composed, event.target, event.eventPhase], ['fall', true, false, false, null, 0]);
  assert.equal(event.timeStamp, kernel.clock.now());
  assert.equal(Object.prototype.toString.call(event), '[object Event]');
});

const PREVENTIONS = [
  ['preventDefault', (event) => event.preventDefault()],
  ['returnValue = false', (event) => { event.returnValue = false; }],
];
for (const [how, prevent] of PREVENTIONS) {
  test(`only a cancelable event is prevented by ${how}`, () => {
    arrived();
    const outcomes = [true, false].map((cancelable) => {
      const event = new Event('fall', { cancelable });
      prevent(event);
      return event.defaultPrevented;
    });
    assert.deepEqual(outcomes, [true, false]);
  });
}

test('initEvent makes an event anew', () => {
  arrived();
  const event = new Event('');
  event.initEvent('rise', true, true);
  event.preventDefault();
  assert.deepEqual([event.type, event.bubbles, event.defaultPrevented], ['rise', true, true]);
});

test('an event is trusted only when it is none of the game', () => {
  arrived();
  assert.deepEqual([new Event('a').isTrusted, trusted(new Event('a')).isTrusted], [false, true]);
});

test('constants are on the class and on what it makes', () => {
  class Thing {}
  constants(Thing, { DONE: 4 });
  assert.deepEqual([Thing.DONE, new Thing().DONE], [4, 4]);
});
