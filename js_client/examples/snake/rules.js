/**
 * The rules of snake on a board of 10 × 10, for the environment and for the page alike.
 *
 * Cells are numbered row by row from the top left. A turn moves the head one cell; the tail follows in the same turn,
 * so the head may enter the cell that the tail leaves. Turning straight back is ignored: the snake keeps going.
 */

export const SIDE = 10;
const CELLS = SIDE * SIDE;
/** Turns without food after which a game is cut off. */
export const PATIENCE = 100;

/** By action: 0 up, 1 right, 2 down, 3 left. */
const ROWS = [-1, 0, 1, 0];
const COLUMNS = [0, 1, 0, -1];

/** @typedef {import('../../src/random.js').Random} Random */
/**
 * A game at hand; `advance` changes it in place.
 * @typedef {object} Snake
 * @property {Int16Array} body a ring of cells; the tail stands at `tail`
 * @property {number} tail
 * @property {number} length
 * @property {number} head the head's cell
 * @property {number} direction the action that the snake follows
 * @property {Uint8Array} taken 1 for each cell of the body
 * @property {number} food its cell; -1 when the board is full
 * @property {number} score foods eaten
 * @property {number} hunger turns since the last food
 * @property {boolean} isDead
 */

/**
 * A new game: three cells in the middle that look to the right, and a first food.
 * @param {Random} random
 * @returns {Snake}
 */
export function begin(random) {
  const snake = {
    body: new Int16Array(CELLS), tail: 0, length: 0, head: -1, direction: 1,
    taken: new Uint8Array(CELLS), food: -1, score: 0, hunger: 0, isDead: false,
  };
  const row = SIDE * (SIDE / 2);
  for (let column = 2; column < 5; column += 1) enter(snake, row + column);
  snake.food = freeCell(snake, random);
  return snake;
}

/**
 * One turn.
 * @param {Snake} snake
 * @param {number} action 0 up, 1 right, 2 down, 3 left
 * @param {Random} random
 * @returns {number} 1 for a food, -1 for a death, else 0
 */
export function advance(snake, action, random) {
  if (action !== (snake.direction + 2) % 4) snake.direction = action;
  const next = neighbour(snake.head, snake.direction);
  const eats = next === snake.food;
  if (!eats) leaveTail(snake);
  if (next < 0 || snake.taken[next]) {
    snake.isDead = true;
    return -1;
  }
  snake.hunger += 1;
  enter(snake, next);
  if (!eats) return 0;
  snake.score += 1;
  snake.hunger = 0;
  snake.food = freeCell(snake, random);
  return 1;
}

/** Dead, or nothing left to eat. @param {Snake} snake */
export function isOver(snake) {
  return snake.isDead || snake.food < 0;
}

/**
 * Writes what the snake sees, three planes of the board: a 1 where its head is; for each cell of its body the turns
 * until the tail has left it; a 1 where the food is.
 * @param {Snake} snake
 * @param {Uint8Array} planes 3 × SIDE × SIDE numbers from 0 to SIDE × SIDE
 */
export function look(snake, planes) {
  planes.fill(0);
  if (!snake.isDead) planes[snake.head] = 1;
  for (let k = 0; k < snake.length; k += 1) planes[CELLS + cellOf(snake, k)] = k + 1;
  if (snake.food >= 0) planes[2 * CELLS + snake.food] = 1;
  return planes;
}

/** The cell of the body's part k, from the tail on. @param {Snake} snake @param {number} k */
export function cellOf({ body, tail }, k) {
  return body[(tail + k) % CELLS];
}

/** The cell next to one; -1 beyond the wall. @param {number} cell @param {number} direction */
function neighbour(cell, direction) {
  const row = Math.floor(cell / SIDE) + ROWS[direction];
  const column = (cell % SIDE) + COLUMNS[direction];
  return row < 0 || row >= SIDE || column < 0 || column >= SIDE ? -1 : row * SIDE + column;
}

/** @param {Snake} snake */
function leaveTail(snake) {
  snake.taken[snake.body[snake.tail]] = 0;
  snake.tail = (snake.tail + 1) % CELLS;
  snake.length -= 1;
}

/** @param {Snake} snake @param {number} cell */
function enter(snake, cell) {
  snake.body[(snake.tail + snake.length) % CELLS] = cell;
  snake.length += 1;
  snake.head = cell;
  snake.taken[cell] = 1;
}

/** A cell that the snake leaves free; -1 when there is none. @param {Snake} snake @param {Random} random */
function freeCell({ taken, length }, random) {
  if (length === CELLS) return -1;
  let left = random.integer(CELLS - length);
  let cell = 0;
  while (taken[cell] || left-- > 0) cell += 1;
  return cell;
}
