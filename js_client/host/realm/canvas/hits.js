/**
 * Whether a point lies in a trace, or on its stroke. Curves are taken as the polygons that they nearly are.
 */

import { CLOSE, CUBIC, ELLIPSE, LINE, MOVE, onEllipse, QUADRATIC, TRACE_SIZES } from './traces.js';

/** @typedef {import('./traces.js').Trace} Trace */

/** Pieces of a curve: a circle of 32 sides is at most half a percent from its radius. */
const CURVE_PIECES = 12;
const TURN_PIECES = 32;

/** @param {Trace} trace @param {number} x @param {number} y in device pixels @param {string} [rule] */
export function isInTrace(trace, x, y, rule = 'nonzero') {
  if (!Number.isFinite(x + y)) return false;
  let winding = 0;
  let crossings = 0;
  for (const { points } of polygonsOf(trace)) {
    for (let i = 0, last = points.length - 2; i < points.length; last = i, i += 2) {
      const side = crossing(points[last], points[last + 1], points[i], points[i + 1], x, y);
      if (side === 2) return true; // on the very edge
      winding += side;
      crossings += Math.abs(side);
    }
  }
  return rule === 'evenodd' ? crossings % 2 === 1 : winding !== 0;
}

/** @param {Trace} trace @param {number} x @param {number} y @param {number} reach half the width of the line, in device pixels */
export function isOnTrace(trace, x, y, reach) {
  for (const { points, isClosed } of polygonsOf(trace)) {
    for (let i = isClosed ? 0 : 2, last = isClosed ? points.length - 2 : 0; i < points.length; last = i, i += 2) {
      if (distance(points[last], points[last + 1], points[i], points[i + 1], x, y) <= reach) return true;
    }
  }
  return false;
}

/**
 * The polygons of a trace: its subpaths.
 * @param {Trace} trace
 * @returns {{points: number[], isClosed: boolean}[]}
 */
export function polygonsOf({ numbers, length }) {
  /** @type {{points: number[], isClosed: boolean}[]} */
  const polygons = [];
  let current = { points: /** @type {number[]} */ ([]), isClosed: false };
  for (let at = 0; at < length; at += 1 + TRACE_SIZES[numbers[at]]) {
    if (numbers[at] === MOVE) polygons.push(current = { points: [numbers[at + 1], numbers[at + 2]], isClosed: false });
    else if (numbers[at] === CLOSE) {
      current.isClosed = true;
      polygons.push(current = { points: current.points.slice(0, 2), isClosed: false });
    } else FLATTENERS[numbers[at]](current.points, numbers, at + 1);
  }
  return polygons;
}

/** @type {Record<number, (points: number[], n: Float64Array, at: number) => void>} */
const FLATTENERS = {
  [LINE]: (points, n, at) => void points.push(n[at], n[at + 1]),
  [QUADRATIC](points, n, at) {
    const [x, y] = points.slice(-2);
    for (let i = 1; i <= CURVE_PIECES; i += 1) {
      const t = i / CURVE_PIECES;
      const s = 1 - t;
      points.push(s * s * x + 2 * s * t * n[at] + t * t * n[at + 2], s * s * y + 2 * s * t * n[at + 1] + t * t * n[at + 3]);
    }
  },
  [CUBIC](points, n, at) {
    const [x, y] = points.slice(-2);
    for (let i = 1; i <= CURVE_PIECES; i += 1) {
      const t = i / CURVE_PIECES;
      const s = 1 - t;
      const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
      points.push(a * x + b * n[at] + c * n[at + 2] + d * n[at + 4], a * y + b * n[at + 1] + c * n[at + 3] + d * n[at + 5]);
    }
  },
  [ELLIPSE](points, n, at) {
    const pieces = Math.max(1, Math.ceil((Math.abs(n[at + 6]) / (2 * Math.PI)) * TURN_PIECES));
    for (let i = 1; i <= pieces; i += 1) {
      const [x, y] = onEllipse(n[at], n[at + 1], n[at + 2], n[at + 3], n[at + 4], n[at + 5] + (n[at + 6] * i) / pieces);
      points.push(n[at + 7] * x + n[at + 9] * y + n[at + 11], n[at + 8] * x + n[at + 10] * y + n[at + 12]);
    }
  },
};

/**
 * How an edge passes a ray from the point to the right: 1 down, -1 up, 0 not at all, 2 when the point is on it.
 * @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} x @param {number} y
 */
function crossing(ax, ay, bx, by, x, y) {
  const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
  if (side === 0 && x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by)) return 2;
  if (ay <= y) return by > y && side > 0 ? 1 : 0;
  return by <= y && side < 0 ? -1 : 0;
}

/** @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} x @param {number} y */
function distance(ax, ay, bx, by, x, y) {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + t * dx - x, ay + t * dy - y);
}
