import assert from 'node:assert/strict';
import { test } from 'node:test';

import snake from '../../../../js_client/examples/snake/game.js';
import { outside } from '../../../../js_client/src/index.js';
import { played } from '../playing.js';

const act = (draws) => draws.integer(4);

test('the same seed and actions give the same game, over many episodes', () => {
  assert.deepEqual(played(snake(), 1, 2000, act), played(snake(), 1, 2000, act));
  assert.notDeepEqual(played(snake(), 1, 50, act), played(snake(), 2, 50, act));
});

test('drawing changes nothing', () => {
  const drawn = snake();
  const drawing = { ...drawn, step: (action) => { drawn.render({ mode: 'rgb_array' }); return drawn.step(action); } };
  assert.deepEqual(played(drawing, 1, 500, act), played(snake(), 1, 500, act));
});

test('every observation lies in the declared space', () => {
  const game = snake();
  for (const { observation } of played(game, 3, 2000, act)) assert.equal(outside(game.observationSpace, observation), undefined);
});

test('info tells score and length', () => {
  assert.deepEqual(snake().reset({ seed: 1, options: {} }).info, { score: 0, length: 3 });
});

test('an episode without food is cut off after the given patience, which stays until changed', () => {
  const game = snake();
  const circles = (count) => [...Array(count).keys()].map((k) => game.step([0, 3, 2, 1][k % 4]));
  const cut = () => circles(8).map(({ truncated, info }) => truncated && info.score === 0);
  for (const options of [{ patience: 5 }, {}]) {
    game.reset({ seed: 1, options });
    assert.deepEqual(cut().indexOf(true), 4);
  }
});

test('without a word about patience an episode is cut off after 100 turns', () => {
  const game = snake();
  game.reset({ seed: 1, options: {} });
  const steps = Array.from({ length: 100 }, (_, k) => game.step([0, 3, 2, 1][k % 4]));
  assert.equal(steps.at(-1).info.score, 0);
  assert.deepEqual(steps.map(({ truncated }) => truncated).indexOf(true), 99);
});

test('a death terminates, and is not also a truncation', () => {
  const game = snake();
  game.reset({ seed: 1, options: { patience: 6 } });
  const ends = Array.from({ length: 6 }, () => game.step(1)).map(({ terminated, truncated, reward }) => [terminated, truncated, reward]);
  assert.deepEqual(ends.at(-1), [true, false, -1]);
});
