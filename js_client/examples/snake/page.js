/**
 * The page of snake: played by a person with keys or swipes, or served to an agent.
 */

import { random } from '../../src/index.js';
import { css, element, onSwipe, playOrServe, say, sheet } from '../shared/page.js';
import game from './game.js';
import { COLOURS, colourOf } from './picture.js';
import { advance, begin, cellOf, isOver, SIDE } from './rules.js';

/** Milliseconds between two turns. */
const TEMPO = 140;
const KEYS = {
  ArrowUp: 0, ArrowRight: 1, ArrowDown: 2, ArrowLeft: 3, w: 0, d: 1, s: 2, a: 3,
};

const draws = random();
let snake = begin(draws);
const repaint = sheet(SIDE, SIDE, paint);

playOrServe(() => game(show), play);

/** @param {import('./rules.js').Snake} now */
function show(now) {
  snake = now;
  element('score').textContent = String(snake.score);
  repaint();
}

function play() {
  /** Turns that were asked for and not yet taken. @type {number[]} */
  let asked = [];
  let best = 0;
  let isRunning = false;

  const restart = () => {
    [asked, isRunning] = [[], false];
    show(begin(draws));
    say('Arrow keys, WASD or a swipe to start.');
  };
  /** @param {number} direction */
  const turn = (direction) => {
    if (isOver(snake)) return;
    isRunning = true;
    say('');
    if (asked.length < 2) asked.push(direction);
  };
  const tick = () => {
    if (!isRunning || isOver(snake)) return;
    advance(snake, asked.shift() ?? snake.direction, draws);
    best = Math.max(best, snake.score);
    element('best').textContent = String(best);
    show(snake);
    if (isOver(snake)) say(`${snake.isDead ? 'Ouch' : 'The board is full'}: ${snake.score}. Enter, or a tap, for a new game.`);
  };
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    const direction = KEYS[/** @type {keyof typeof KEYS} */ (event.key)];
    if (direction !== undefined) turn(direction);
    else if (event.key === 'Enter') restart();
    else return;
    event.preventDefault();
  };

  addEventListener('keydown', pressed);
  element('restart').addEventListener('click', restart);
  onSwipe(
    (dx, dy) => turn(Math.abs(dx) > Math.abs(dy) ? (dx > 0 ? 1 : 3) : (dy > 0 ? 2 : 0)),
    () => isOver(snake) && restart(),
  );
  setInterval(tick, TEMPO);
  restart();
}

/** @param {CanvasRenderingContext2D} pen */
function paint(pen) {
  pen.fillStyle = css(COLOURS.ground);
  pen.fillRect(0, 0, SIDE, SIDE);
  pen.fillStyle = css(COLOURS.line);
  for (let cell = 0; cell < SIDE * SIDE; cell += 1) tile(pen, cell, 0.47, 0.06);
  for (let k = 0; k < snake.length; k += 1) {
    pen.fillStyle = css(colourOf(snake, k));
    tile(pen, cellOf(snake, k), 0.04, 0.28);
  }
  if (snake.food < 0) return;
  pen.fillStyle = css(COLOURS.food);
  tile(pen, snake.food, 0.2, 0.3);
}

/** A cell with rounded corners. @param {CanvasRenderingContext2D} pen @param {number} cell @param {number} margin @param {number} radius */
function tile(pen, cell, margin, radius) {
  const [x, y, side] = [cell % SIDE + margin, Math.floor(cell / SIDE) + margin, 1 - 2 * margin];
  pen.beginPath();
  pen.roundRect(x, y, side, side, Math.min(radius, side / 2));
  pen.fill();
}
