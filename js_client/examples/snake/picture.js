/**
 * Pictures of snake without a canvas: pixels for a trainer, letters for a terminal.
 */

import { cellOf, SIDE } from './rules.js';

/** Pixels along the side of one cell. */
const SCALE = 16;

/** Red, green, blue; the page uses the same. */
export const COLOURS = {
  ground: [18, 24, 38], line: [26, 34, 52], tail: [34, 139, 94], body: [62, 207, 142], head: [190, 255, 214], food: [255, 107, 107],
  dead: [148, 163, 184],
};

/** @typedef {import('./rules.js').Snake} Snake */

/**
 * The board as 160 × 160 pixels.
 * @param {Snake} snake
 * @returns {{width: number, height: number, data: Uint8Array}} three bytes a pixel
 */
export function pixels(snake) {
  const size = SIDE * SCALE;
  const data = new Uint8Array(3 * size * size);
  for (let cell = 0; cell < SIDE * SIDE; cell += 1) fillCell(data, cell, COLOURS.line, 0);
  for (let cell = 0; cell < SIDE * SIDE; cell += 1) fillCell(data, cell, COLOURS.ground, 1);
  for (let k = 0; k < snake.length; k += 1) fillCell(data, cellOf(snake, k), colourOf(snake, k), 1);
  if (snake.food >= 0) fillCell(data, snake.food, COLOURS.food, 4);
  return { width: size, height: size, data };
}

/**
 * The board as ten lines: `@` the head, `o` the body, `*` the food.
 * @param {Snake} snake
 * @returns {string}
 */
export function letters(snake) {
  const cells = Array(SIDE * SIDE).fill('.');
  for (let k = 0; k < snake.length; k += 1) cells[cellOf(snake, k)] = 'o';
  cells[snake.head] = snake.isDead ? 'x' : '@';
  if (snake.food >= 0) cells[snake.food] = '*';
  return Array.from({ length: SIDE }, (_, row) => cells.slice(row * SIDE, (row + 1) * SIDE).join(' ')).join('\n');
}

/** The body fades towards its tail. @param {Snake} snake @param {number} k */
export function colourOf({ length, isDead }, k) {
  if (isDead) return COLOURS.dead;
  if (k === length - 1) return COLOURS.head;
  const share = k / length;
  return COLOURS.tail.map((from, i) => Math.round(from + share * (COLOURS.body[i] - from)));
}

/** @param {Uint8Array} data @param {number} cell @param {number[]} colour @param {number} margin pixels */
function fillCell(data, cell, [red, green, blue], margin) {
  const [top, left] = [Math.floor(cell / SIDE) * SCALE, (cell % SIDE) * SCALE];
  for (let y = top + margin; y < top + SCALE - margin; y += 1) {
    for (let x = left + margin; x < left + SCALE - margin; x += 1) {
      const at = 3 * (y * SIDE * SCALE + x);
      [data[at], data[at + 1], data[at + 2]] = [red, green, blue];
    }
  }
}
