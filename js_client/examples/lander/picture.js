/**
 * Pictures of lander without a canvas: shapes as lists of corners, filled point by point. The page draws the same
 * shapes with a canvas.
 */

import { CEILING, FOOT, PAD_HALF, SIDES } from './rules.js';

/** @typedef {import('./rules.js').Lander} Lander */
/** @typedef {[number, number][]} Corners */
/** @typedef {{colour: number[], corners: Corners}} Shape in the lengths of the rules */

/** What a picture shows, with some ground below. */
export const VIEW = { left: -SIDES, right: SIDES, top: CEILING, bottom: -0.2 };
const WIDTH = 240;
const HEIGHT = Math.round((WIDTH * (VIEW.top - VIEW.bottom)) / (VIEW.right - VIEW.left));

export const COLOURS = {
  sky: [18, 24, 38], ground: [60, 64, 84], pad: [62, 207, 142], hull: [226, 232, 240], leg: [148, 163, 184], flame: [255, 159, 67],
  wreck: [255, 107, 107],
};

/**
 * The scene as 240 × 180 pixels.
 * @param {Lander} lander
 * @returns {{width: number, height: number, data: Uint8Array}} three bytes a pixel
 */
export function pixels(lander) {
  const data = new Uint8Array(3 * WIDTH * HEIGHT);
  for (const shape of [sky(), ...shapes(lander)]) fill(data, shape);
  return { width: WIDTH, height: HEIGHT, data };
}

/** What stands in the scene, from back to front. @param {Lander} lander @returns {Shape[]} */
export function shapes(lander) {
  const { pad, throttle, state } = lander;
  const hull = state === 'crashed' ? COLOURS.wreck : COLOURS.hull;
  /** @param {Corners} corners @param {number[]} colour */
  const part = (corners, colour) => ({ colour, corners: corners.map((corner) => placed(lander, corner)) });
  return [
    { colour: COLOURS.ground, corners: rectangle(VIEW.left, VIEW.bottom, VIEW.right, 0) },
    { colour: COLOURS.pad, corners: rectangle(pad - PAD_HALF, -0.03, pad + PAD_HALF, 0) },
    part([[-0.018, -0.02], [0, -0.03 - 0.09 * throttle], [0.018, -0.02]], COLOURS.flame),
    part([[-0.03, 0], [-FOOT.x - 0.006, FOOT.y], [-FOOT.x + 0.006, FOOT.y]], COLOURS.leg),
    part([[0.03, 0], [FOOT.x - 0.006, FOOT.y], [FOOT.x + 0.006, FOOT.y]], COLOURS.leg),
    part([[-0.04, -0.025], [-0.03, 0.03], [0, 0.055], [0.03, 0.03], [0.04, -0.025]], hull),
  ];
}

/** @returns {Shape} */
function sky() {
  return { colour: COLOURS.sky, corners: rectangle(VIEW.left, VIEW.bottom, VIEW.right, VIEW.top) };
}

/** A point of the craft in the scene. @param {Lander} lander @param {[number, number]} corner @returns {[number, number]} */
function placed({ x, y, angle }, [along, up]) {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return [x + along * cos + up * sin, y - along * sin + up * cos];
}

/** @param {number} left @param {number} bottom @param {number} right @param {number} top @returns {Corners} */
function rectangle(left, bottom, right, top) {
  return [[left, bottom], [right, bottom], [right, top], [left, top]];
}

/** @param {Uint8Array} data @param {Shape} shape */
function fill(data, { colour: [red, green, blue], corners }) {
  const scale = WIDTH / (VIEW.right - VIEW.left);
  const points = corners.map(([x, y]) => [(x - VIEW.left) * scale, (VIEW.top - y) * scale]);
  const [left, right] = span(points.map(([x]) => x), WIDTH);
  const [top, bottom] = span(points.map(([, y]) => y), HEIGHT);
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      if (!isWithin(points, column + 0.5, row + 0.5)) continue;
      data.set([red, green, blue], 3 * (row * WIDTH + column));
    }
  }
}

/** The pixels between the least and the most of some places. @param {number[]} places @param {number} size */
function span(places, size) {
  return [Math.max(0, Math.floor(Math.min(...places))), Math.min(size, Math.ceil(Math.max(...places)))];
}

/** Whether a ray to the right crosses the outline an odd number of times. @param {number[][]} points @param {number} x @param {number} y */
function isWithin(points, x, y) {
  let isInside = false;
  points.forEach(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length];
    if ((y1 > y) !== (y2 > y) && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) isInside = !isInside;
  });
  return isInside;
}
