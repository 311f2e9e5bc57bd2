import assert from 'node:assert/strict';
import { test } from 'node:test';

import { animate } from '../../../../../js_client/host/realm/web/animations.js';
import { arrived } from './arrived.js';

test('an animation ends after its time, and what waits for it goes on', async () => {
  const { kernel, notes } = arrived();
  const told = [];
  const animation = animate({ duration: 10, delay: 20, iterations: 2 });
  animation.onfinish = ({ type }) => told.push(type, kernel.clock.now());
  animation.finished.then((same) => told.push(same === animation));
  for (let i = 0; i < 3; i += 1) kernel.clock.advance();
  await null;
  assert.deepEqual(told, ['finish', 40, true]);
  assert.equal(animation.playState, 'finished');
  assert.match(notes('needs_browser')[0], /animate/);
});

const STOPPED = [['pause', 'paused'], ['cancel', 'idle']];
for (const [method, state] of STOPPED) {
  test(`one that is told to ${method} does not end`, () => {
    const { kernel } = arrived();
    const animation = animate(5);
    animation.onfinish = () => assert.fail();
    animation[method]();
    for (let i = 0; i < 3; i += 1) kernel.clock.advance();
    assert.equal(animation.playState, state);
  });
}

test('one that repeats for ever does not end by itself', () => {
  const { kernel } = arrived();
  const animation = animate({ duration: 5, iterations: Infinity });
  for (let i = 0; i < 3; i += 1) kernel.clock.advance();
  assert.equal(animation.playState, 'running');
  animation.finish();
  assert.equal(animation.playState, 'finished');
});
