/**
 * What the pages of the example games share: a sharp canvas, keys and touches, and `?serve=ws://…`, which makes the
 * tab an environment.
 */

import { serve } from '../../src/index.js';

/** @typedef {import('../../src/instances.js').Game} Game */

/** The element with this id, which the page has. @param {string} id @returns {any} */
export function element(id) {
  return document.getElementById(id);
}

/**
 * A canvas drawn in its own units, as sharp as the screen allows.
 * @param {number} width
 * @param {number} height
 * @param {(pen: CanvasRenderingContext2D) => void} paint is called before a frame is shown, after each `repaint`
 */
export function sheet(width, height, paint) {
  const canvas = element('board');
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const scale = Math.ceil((600 / width) * (globalThis.devicePixelRatio || 1));
  [canvas.width, canvas.height] = [width * scale, height * scale];
  let isDue = false;
  const draw = () => {
    isDue = false;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    paint(pen);
  };
  return function repaint() {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(draw);
  };
}

/** @param {number[]} colour */
export function css([red, green, blue]) {
  return `rgb(${red} ${green} ${blue})`;
}

/** Says something under the board. @param {string} text */
export function say(text) {
  element('status').textContent = text;
}

/** Clears the board for a finger that moves on it: the page must not scroll. @param {(dx: number, dy: number) => void} swiped @param {() => void} tapped */
export function onSwipe(swiped, tapped) {
  const canvas = element('board');
  let [x, y] = [0, 0];
  canvas.addEventListener('pointerdown', (/** @type {PointerEvent} */ event) => {
    [x, y] = [event.clientX, event.clientY];
  });
  canvas.addEventListener('pointerup', (/** @type {PointerEvent} */ event) => {
    const [dx, dy] = [event.clientX - x, event.clientY - y];
    if (Math.hypot(dx, dy) > 20) swiped(dx, dy);
    else tapped();
  });
}

/**
 * Plays by itself, or hands the game to a bridge when the address says `?serve=ws://…` (and `&token=…`, `&name=…`).
 * @param {() => Game} game
 * @param {() => void} play for a person
 */
export function playOrServe(game, play) {
  const asked = new URLSearchParams(location.search);
  const url = asked.get('serve');
  if (!url) return play();
  document.body.classList.add('serving');
  say(`Connecting to ${url} …`);
  const served = serve(game, { url, token: asked.get('token') ?? undefined, name: asked.get('name') ?? undefined });
  return served.ready.then(() => say(`An agent plays here, through ${url}.`));
}
