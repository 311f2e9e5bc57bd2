import assert from 'node:assert/strict';
import { test } from 'node:test';

import { advance, begin, isOver, look, SIDE } from '../../../../js_client/examples/snake/rules.js';
import { letters } from '../../../../js_client/examples/snake/picture.js';
import { random } from '../../../../js_client/src/index.js';

const [UP, RIGHT, DOWN, LEFT] = [0, 1, 2, 3];
const cell = (row, column) => row * SIDE + column;

/** A new snake, in the middle of the board, and its food where the test wants it. */
function snakeWithFood(food = cell(0, 0)) {
  const snake = begin(random(0));
  snake.food = food;
  return snake;
}

function go(snake, actions) {
  return actions.map((action) => advance(snake, action, random(0)));
}

test('a game begins with three cells that look to the right, and a food elsewhere', () => {
  const snake = begin(random(3));
  assert.equal(letters(snake).split('\n')[5], '. . o o @ . . . . .');
  assert.deepEqual([snake.length, snake.score, snake.taken[snake.food]], [3, 0, 0]);
});

test('each action moves the head by one cell', () => {
  const snake = snakeWithFood();
  const heads = [RIGHT, UP, LEFT, LEFT, DOWN].map((action) => { go(snake, [action]); return snake.head; });
  assert.deepEqual(heads, [cell(5, 5), cell(4, 5), cell(4, 4), cell(4, 3), cell(5, 3)]);
});

test('straight back is ignored: the snake keeps going', () => {
  const snake = snakeWithFood();
  go(snake, [LEFT]);
  assert.deepEqual([snake.head, snake.isDead], [cell(5, 5), false]);
});

test('a food is worth 1, makes the snake longer, and another one appears', () => {
  const snake = snakeWithFood(cell(5, 5));
  assert.deepEqual(go(snake, [RIGHT, RIGHT]), [1, 0]);
  assert.deepEqual([snake.length, snake.score, snake.taken[snake.food], snake.hunger], [4, 1, 0, 1]);
});

for (const [name, action, distance] of [['upper', UP, 5], ['right', RIGHT, 5], ['lower', DOWN, 4]]) {
  test(`the ${name} wall is death, worth -1`, () => {
    const snake = snakeWithFood();
    const rewards = go(snake, Array(distance + 1).fill(action));
    assert.deepEqual(rewards, [...Array(distance).fill(0), -1]);
    assert.equal(isOver(snake), true);
  });
}

test('the left wall is death too', () => {
  const snake = snakeWithFood();
  assert.deepEqual(go(snake, [UP, LEFT, LEFT, LEFT, LEFT, LEFT]), [0, 0, 0, 0, 0, -1]);
});

test('the snake may enter the cell that its tail leaves, and no other of its own', () => {
  const four = snakeWithFood(cell(5, 5));
  go(four, [RIGHT]);
  four.food = 0;
  assert.deepEqual(go(four, [UP, LEFT, DOWN]), [0, 0, 0]);
  const five = snakeWithFood(cell(5, 5));
  go(five, [RIGHT]);
  five.food = cell(5, 6);
  go(five, [RIGHT]);
  five.food = 0;
  assert.deepEqual(go(five, [UP, LEFT, DOWN]), [0, 0, -1]);
});

test('the planes show the head, the turns that each cell stays taken, and the food', () => {
  const snake = snakeWithFood(cell(9, 9));
  const planes = look(snake, new Uint8Array(3 * SIDE * SIDE));
  const taken = [...planes.entries()].filter(([, value]) => value > 0);
  assert.deepEqual(taken, [[54, 1], [152, 1], [153, 2], [154, 3], [299, 1]]);
});

test('a cell of the body is free after as many turns as the planes say', () => {
  const snake = snakeWithFood();
  const [tail, turns] = [cell(5, 2), look(snake, new Uint8Array(300))[100 + cell(5, 2)]];
  go(snake, Array(turns).fill(RIGHT));
  assert.equal(snake.taken[tail], 0);
});

test('a full board is a game won', () => {
  const snake = snakeWithFood();
  // Up and down the columns, and home along the top row: a way through every cell.
  const way = (at) => {
    const [row, column] = [Math.floor(at / SIDE), at % SIDE];
    if (row === 0) return column > 0 ? LEFT : DOWN;
    if (column % 2 === 0) return row < SIDE - 1 ? DOWN : RIGHT;
    return row > 1 || column === SIDE - 1 ? UP : RIGHT;
  };
  const draws = random(5);
  for (let turn = 0; turn < 20_000 && !isOver(snake); turn += 1) advance(snake, way(snake.head), draws);
  assert.deepEqual([snake.score, snake.length, snake.food, snake.isDead], [97, 100, -1, false]);
  assert.deepEqual(look(snake, new Uint8Array(300)).subarray(200).some(Boolean), false);
});
