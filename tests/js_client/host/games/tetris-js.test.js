import assert from 'node:assert/strict';
import { test } from 'node:test';

import { testDrawing, testGame } from './every-game.js';
import { open } from './playing.js';

const DROP = 5;
const BOXES_OF_A_TILE = 4;
const CELLS = 24 * 16;

testGame('tetris-js', {
  act: () => DROP,
  score: 3,
  errors: 1, // it may stop where a tile is turned at the bottom; its description says so, too
});
testDrawing('tetris-js', 100);

const count = (plane, seen) => seen.slice(plane * CELLS, (plane + 1) * CELLS).reduce((sum, cell) => sum + cell, 0);

test('the board of tetris-js is seen: a tile falls, lies, and the next one falls', async () => {
  const game = await open('tetris-js');
  await game.reset({ seed: 1, options: {} });
  let answer;
  do answer = await game.step(DROP); while (answer.reward === 0);
  assert.equal(count(0, Array.from(answer.observation)), BOXES_OF_A_TILE);
  for (let k = 0; k < 20; k += 1) answer = await game.step(0);
  assert.equal(count(1, Array.from(answer.observation)), BOXES_OF_A_TILE);
});
