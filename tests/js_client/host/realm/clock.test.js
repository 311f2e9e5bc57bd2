import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createClock } from '../../../../js_client/host/realm/clock.js';

const FRAME = 1000 / 60;

/** A clock, and a list of what was called when. */
function clocked(time = {}) {
  const told = [];
  const clock = createClock((work, self, args = []) => work.apply(self, args), { fps: 60, start: 1000, ...time });
  const tell = (name) => (...args) => told.push([name, Math.round(clock.now() * 100) / 100, ...args]);
  return { clock, told, tell };
}

test('nothing happens until a frame is advanced', () => {
  const { clock, told, tell } = clocked();
  clock.later(tell('timer'));
  clock.frame(tell('frame'));
  assert.deepEqual([told, clock.now(), clock.date()], [[], 0, 1000]);
  clock.advance();
  assert.deepEqual(told.map(([name, at]) => [name, at]), [['timer', 1], ['frame', 16.67]]);
});

test('frames lie at exact multiples, however many have passed', () => {
  const { clock } = clocked();
  for (let i = 0; i < 100_000; i += 1) clock.advance();
  assert.equal(clock.now(), (100_000 * 1000) / 60);
  assert.equal(clock.frameCount(), 100_000);
});

test('timers ring in the order of their times, equal ones as they were set, each at its own time', () => {
  const { clock, told, tell } = clocked();
  clock.later(tell('c'), 9);
  clock.later(tell('a'), 3);
  clock.later(tell('b'), 3, ['with', 'arguments']);
  clock.later(tell('d'), 30);
  clock.advance();
  assert.deepEqual(told, [['a', 3], ['b', 3, 'with', 'arguments'], ['c', 9]]);
});

test('a hundred timers in any order ring in order', () => {
  const { clock, told, tell } = clocked();
  for (let i = 0; i < 100; i += 1) clock.later(tell('t'), 1 + ((i * 37) % 100));
  for (let i = 0; i < 7; i += 1) clock.advance();
  const times = told.map(([, at]) => at);
  assert.equal(times.length, 100);
  assert.deepEqual(times, times.toSorted((a, b) => a - b));
});

test('a timer that a timer sets rings in the same frame where its time comes', () => {
  const { clock, told, tell } = clocked();
  clock.later(() => clock.later(tell('inner'), 5), 5);
  clock.advance();
  assert.deepEqual(told, [['inner', 10]]);
});

test('timers within timers take at least four milliseconds from the fifth on, as in browsers', () => {
  const { clock } = clocked();
  let rings = 0;
  const again = () => { rings += 1; clock.later(again, 0); };
  clock.later(again, 0);
  clock.advance();
  assert.equal(rings, 5 + Math.floor((FRAME - 5) / 4));
});

test('an interval rings until it is cancelled, also from within', () => {
  const { clock, told, tell } = clocked();
  const id = clock.repeat(() => { tell('i')(); if (told.length === 3) clock.cancel(id); }, 10);
  for (let i = 0; i < 6; i += 1) clock.advance();
  assert.deepEqual(told, [['i', 10], ['i', 20], ['i', 30]]);
});

test('an animation frame that is asked for during a frame comes in the next one, with its time', () => {
  const { clock, told, tell } = clocked();
  clock.frame((time) => { tell('first')(time); clock.frame(tell('second')); });
  clock.advance();
  assert.equal(told.length, 1);
  clock.advance();
  assert.deepEqual(told, [['first', 16.67, FRAME], ['second', 33.33, 2 * FRAME]]);
});

test('one animation frame may cancel another of the same frame', () => {
  const { clock, told, tell } = clocked();
  let later;
  clock.frame(() => clock.cancelFrame(later));
  later = clock.frame(tell('never'));
  clock.advance();
  assert.deepEqual(told, []);
});

test('another rate changes the frames to come, and the clock does not jump', () => {
  const { clock } = clocked();
  clock.advance();
  clock.setFps(30);
  assert.equal(clock.now(), FRAME);
  clock.advance();
  assert.equal(clock.now(), FRAME + 1000 / 30);
  clock.setFps(0);
  clock.setFps(NaN);
  clock.advance();
  assert.equal(clock.now(), FRAME + 2000 / 30);
});

test('delays that are no numbers, and ids that are none, are borne', () => {
  const { clock, told, tell } = clocked();
  for (const delay of [undefined, NaN, 'soon', -5, null]) clock.later(tell('t'), delay);
  for (const id of [undefined, null, 'x', 99]) { clock.cancel(id); clock.cancelFrame(id); }
  clock.advance();
  assert.deepEqual(told, Array(5).fill(['t', 1]));
});
