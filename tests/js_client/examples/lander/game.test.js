import assert from 'node:assert/strict';
import { test } from 'node:test';

import lander from '../../../../js_client/examples/lander/game.js';
import { outside } from '../../../../js_client/src/index.js';
import { played } from '../playing.js';

const act = (draws) => [2 * draws() - 1, 2 * draws() - 1];

test('the same seed and actions give the same flights', () => {
  assert.deepEqual(played(lander(), 1, 2000, act), played(lander(), 1, 2000, act));
  assert.notDeepEqual(played(lander(), 1, 50, act), played(lander(), 2, 50, act));
});

test('every observation lies in the declared space', () => {
  const game = lander();
  for (const { observation } of played(game, 3, 5000, act)) assert.equal(outside(game.observationSpace, observation), undefined);
});

test('the position is seen from the pad', () => {
  const game = lander();
  const one = game.reset({ seed: 1, options: {} }).observation;
  assert.ok(Math.abs(one.position[0]) <= 1.3 && one.position[1] === 1.3);
});

/** Steers by a few rules of thumb. */
function pilot({ position: [x, y], velocity: [vx, vy], attitude: [angle, spin] }) {
  const lean = Math.max(-0.3, Math.min(0.3, -(0.5 * x + 1.5 * vx)));
  const descent = -Math.max(0.12, Math.min(0.35, 0.4 * (y - 0.1)));
  return [vy < descent ? 1 : 0, Math.max(-1, Math.min(1, 3 * (lean - angle) - 1.2 * spin))];
}

/** Flies one episode and tells how it ended and what it was worth. */
function flight(game, seed, steer) {
  let { observation } = game.reset({ seed, options: {} });
  for (let worth = 0; ;) {
    const step = game.step(steer(observation));
    worth += step.reward;
    if (step.terminated || step.truncated) return { ended: step.info?.ended ?? 'cut off', worth };
    observation = step.observation;
  }
}

test('a pilot of a few rules lands more often than not, and never earns less for it than for a crash', () => {
  const flights = Array.from({ length: 40 }, (_, seed) => flight(lander(), seed, pilot));
  const landed = flights.filter(({ ended }) => ended === 'landed');
  assert.ok(landed.length > 20, `${landed.length}`);
  const crash = flight(lander(), 0, () => [0, 0]);
  assert.equal(crash.ended, 'crashed');
  for (const { worth } of landed) assert.ok(worth > crash.worth + 15);
});

test('a craft that hovers is cut off after 1,000 steps', () => {
  const game = lander();
  game.reset({ seed: 1, options: {} });
  const hover = ({ position: [, y], velocity: [vx, vy], attitude: [angle, spin] }) => [
    y < 1 || vy < -0.1 ? 0.7 - vy : 0, 3 * (-0.4 * vx - angle) - spin,
  ];
  assert.equal(flight(game, 1, hover).ended, 'cut off');
});
