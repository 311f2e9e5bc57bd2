import assert from 'node:assert/strict';
import { test } from 'node:test';

import { advance, begin, foot, GRAVITY, PAD_HALF, STEP } from '../../../../js_client/examples/lander/rules.js';
import { random } from '../../../../js_client/src/index.js';

/** A craft at rest above its pad, unless told otherwise. */
const craft = (more = {}) => ({ ...begin(random(0)), x: 0, y: 0.5, vx: 0, vy: 0, angle: 0, spin: 0, pad: 0, ...more });

test('without the engine the craft falls', () => {
  const lander = craft();
  advance(lander, 0, 0);
  assert.equal(lander.vy, -GRAVITY * STEP);
  assert.equal(lander.fuel, 1);
});

test('the engine pushes along the craft and burns fuel', () => {
  const upright = craft();
  advance(upright, 1, 0);
  assert.ok(upright.vy > 0 && upright.vx === 0 && upright.fuel < 1);
  const tilted = craft({ angle: 0.5 });
  advance(tilted, 1, 0);
  assert.ok(tilted.vx > 0);
});

test('an empty tank gives no thrust', () => {
  const lander = craft({ fuel: 0 });
  advance(lander, 1, 0);
  assert.deepEqual([lander.throttle, lander.fuel, lander.vy < 0], [0, 0, true]);
});

test('actions beyond 1 count as 1', () => {
  const [far, full] = [craft(), craft()];
  assert.equal(advance(far, 7, -7), advance(full, 1, -1));
  assert.deepEqual(far, full);
});

test('turning right tips the craft to the right: its right foot sinks', () => {
  const lander = craft();
  advance(lander, 0, 1);
  assert.ok(lander.angle > 0);
  assert.ok(foot(lander, 1).y < foot(lander, -1).y);
});

test('the angle stays within half a turn', () => {
  const lander = craft({ angle: 3.14, spin: 1, y: 1 });
  advance(lander, 0, 0);
  assert.ok(lander.angle < -3);
});

const ENDS = [
  ['a soft touch on the pad is a landing', { y: 0.051, vy: -0.2 }, 'landed', 10],
  ['a hard touch is a crash', { y: 0.051, vy: -0.5 }, 'crashed', -10],
  ['sliding is a crash', { y: 0.051, vy: -0.2, vx: 0.3 }, 'crashed', -10],
  ['beside the pad is a crash', { y: 0.051, vy: -0.2, x: PAD_HALF + 0.01 }, 'crashed', -10],
  ['leaning too much is a crash', { y: 0.06, vy: -0.2, angle: 0.5 }, 'crashed', -10],
  ['leaving to the side is a crash', { x: 1.2, vx: 1 }, 'crashed', -10],
  ['leaving upwards is a crash', { y: 1.6, vy: 1 }, 'crashed', -10],
];

for (const [name, more, state, worth] of ENDS) {
  test(name, () => {
    const lander = craft(more);
    const reward = advance(lander, 0, 0);
    assert.equal(lander.state, state);
    assert.ok(Math.abs(reward - worth) < 0.5, `${reward}`);
  });
}

test('a craft that comes down on one foot tips over and stands', () => {
  const lander = craft({ y: 0.07, vy: -0.2, angle: 0.2 });
  const feet = new Set();
  for (let k = 0; k < 200 && lander.state === 'flying'; k += 1) {
    advance(lander, 0, 0);
    feet.add(String(lander.feet));
  }
  assert.equal(lander.state, 'landed');
  assert.ok(feet.has('false,true'));
});

test('coming closer is rewarded, going away is not', () => {
  assert.ok(advance(craft({ x: 0.5, vx: -0.2 }), 0, 0) > advance(craft({ x: 0.5, vx: 0.2 }), 0, 0));
});
