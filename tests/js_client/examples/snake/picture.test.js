import assert from 'node:assert/strict';
import { test } from 'node:test';

import { COLOURS, letters, pixels } from '../../../../js_client/examples/snake/picture.js';
import { advance, begin } from '../../../../js_client/examples/snake/rules.js';
import { random } from '../../../../js_client/src/index.js';

function snake() {
  const game = begin(random(1));
  game.food = 11;
  return game;
}

/** The colour in the middle of a cell. */
function colour({ width, data }, row, column) {
  const at = 3 * ((16 * row + 8) * width + 16 * column + 8);
  return [...data.subarray(at, at + 3)];
}

test('the picture has 160 × 160 pixels of three bytes', () => {
  const { width, height, data } = pixels(snake());
  assert.deepEqual([width, height, data.length], [160, 160, 3 * 160 * 160]);
});

test('head, tail, food and ground have their colours', () => {
  const picture = pixels(snake());
  const { head, tail, food, ground } = COLOURS;
  assert.deepEqual([colour(picture, 5, 4), colour(picture, 5, 2), colour(picture, 1, 1), colour(picture, 9, 9)], [head, tail, food, ground]);
});

test('the letters show the board', () => {
  const rows = letters(snake()).split('\n');
  assert.equal(rows.length, 10);
  assert.deepEqual([rows[1], rows[5]], ['. * . . . . . . . .', '. . o o @ . . . . .']);
});

test('a dead snake looks dead', () => {
  const game = snake();
  for (let k = 0; k < 6; k += 1) advance(game, 1, random(0));
  assert.match(letters(game), /x/);
  assert.deepEqual(colour(pixels(game), 5, 9), COLOURS.dead);
});
