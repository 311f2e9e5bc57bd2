/**
 * The page of lander: flown by a person with keys or buttons, or served to an agent.
 */

import { random } from '../../src/index.js';
import { css, element, onSwipe, playOrServe, say, sheet } from '../shared/page.js';
import game from './game.js';
import { COLOURS, shapes, VIEW } from './picture.js';
import { advance, begin, STEP } from './rules.js';

const KEYS = {
  ArrowUp: 'engine', ArrowLeft: 'left', ArrowRight: 'right', w: 'engine', a: 'left', d: 'right', ' ': 'engine',
};
const ENDS = { landed: 'Landed.', crashed: 'Crashed.', flying: '' };

const draws = random();
let lander = begin(draws);
const repaint = sheet(VIEW.right - VIEW.left, VIEW.top - VIEW.bottom, paint);

playOrServe(() => game(show), play);

/** @param {import('./rules.js').Lander} now */
function show(now) {
  lander = now;
  repaint();
}

function play() {
  /** What a finger holds down. @type {Set<string>} */
  const held = new Set();
  let isRunning = false;
  let [landings, flights] = [0, 0];

  const restart = () => {
    isRunning = false;
    show(begin(draws));
    say('Arrow keys or WASD: engine, left, right.');
  };
  /** @param {string} what */
  const hold = (what) => {
    held.add(what);
    if (lander.state === 'flying') isRunning = true;
  };
  const finish = () => {
    isRunning = false;
    flights += 1;
    landings += Number(lander.state === 'landed');
    element('score').textContent = String(landings);
    element('flights').textContent = String(flights);
    say(`${ENDS[lander.state]} Enter, or a tap, for a new flight.`);
  };
  const tick = () => {
    if (!isRunning) return;
    advance(lander, held.has('engine') ? 1 : 0, Number(held.has('right')) - Number(held.has('left')));
    repaint();
    if (lander.state !== 'flying') finish();
  };
  /** @param {KeyboardEvent} event @param {(what: string) => void} change */
  const onKey = (event, change) => {
    const what = KEYS[/** @type {keyof typeof KEYS} */ (event.key)];
    if (!what || event.target instanceof HTMLButtonElement) return;
    change(what);
    event.preventDefault();
  };

  addEventListener('keydown', (event) => (event.key === 'Enter' ? restart() : onKey(event, hold)));
  addEventListener('keyup', (event) => onKey(event, (what) => held.delete(what)));
  for (const what of ['left', 'engine', 'right']) {
    element(what).addEventListener('pointerdown', () => hold(what));
    for (const end of ['pointerup', 'pointerleave', 'pointercancel']) element(what).addEventListener(end, () => held.delete(what));
  }
  element('restart').addEventListener('click', restart);
  onSwipe(() => {}, () => lander.state !== 'flying' && restart());
  setInterval(tick, STEP * 1000);
  restart();
}

/** @param {CanvasRenderingContext2D} pen */
function paint(pen) {
  pen.fillStyle = css(COLOURS.sky);
  pen.fillRect(0, 0, VIEW.right - VIEW.left, VIEW.top - VIEW.bottom);
  for (const { colour, corners } of shapes(lander)) {
    pen.fillStyle = css(colour);
    pen.beginPath();
    for (const [x, y] of corners) pen.lineTo(x - VIEW.left, VIEW.top - y);
    pen.fill();
  }
}
