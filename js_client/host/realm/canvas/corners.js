/**
 * Shapes with round corners, made of lines and arcs of a trace: `arcTo` and `roundRect`. Knows no context.
 */

import { inverted } from './geometry.js';

const QUARTER = Math.PI / 2;

/** @typedef {import('./traces.js').Trace} Trace */

/**
 * From the last point towards the first one given, round it with the radius, and off towards the second.
 * @param {Trace} trace @param {ArrayLike<number>} m @param {number} o
 * @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} radius
 */
export function traceArcTo(trace, m, o, x1, y1, x2, y2, radius) {
  if (trace.isEmpty) trace.moveTo(m, o, x1, y1);
  const back = inverted([m[o], m[o + 1], m[o + 2], m[o + 3], m[o + 4], m[o + 5]]);
  if (!back) return;
  const [x0, y0] = [back[0] * trace.x + back[2] * trace.y + back[4], back[1] * trace.x + back[3] * trace.y + back[5]];
  const [ax, ay, bx, by] = [x0 - x1, y0 - y1, x2 - x1, y2 - y1];
  const [lengthA, lengthB, cross] = [Math.hypot(ax, ay), Math.hypot(bx, by), ax * by - ay * bx];
  if (radius === 0 || lengthA === 0 || lengthB === 0 || cross === 0) return void trace.lineTo(m, o, x1, y1);
  const half = Math.acos(Math.min(1, Math.max(-1, (ax * bx + ay * by) / (lengthA * lengthB)))) / 2;
  const along = radius / Math.tan(half);
  const [tx, ty] = [x1 + (ax / lengthA) * along, y1 + (ay / lengthA) * along];
  const [ux, uy] = [x1 + (bx / lengthB) * along, y1 + (by / lengthB) * along];
  const side = cross > 0 ? 1 : -1;
  const [cx, cy] = [tx - (side * ay * radius) / lengthA, ty + (side * ax * radius) / lengthA];
  trace.ellipse(m, o, cx, cy, radius, radius, 0, Math.atan2(ty - cy, tx - cx), Math.atan2(uy - cy, ux - cx), side > 0);
}

/**
 * @param {Trace} trace @param {ArrayLike<number>} m @param {number} o
 * @param {number} x @param {number} y @param {number} w @param {number} h @param {any} radii one, or one to four, each a number or a point
 */
export function traceRoundRect(trace, m, o, x, y, w, h, radii) {
  if (!Number.isFinite(x + y + w + h)) return;
  const corners = fittedRadii(cornerRadii(radii), Math.abs(w), Math.abs(h));
  // Negative sides turn the rectangle over: it is drawn from its other end, with the corners changed about.
  if (w < 0) [x, w, corners[0], corners[1], corners[2], corners[3]] = [x + w, -w, corners[1], corners[0], corners[3], corners[2]];
  if (h < 0) [y, h, corners[0], corners[3], corners[1], corners[2]] = [y + h, -h, corners[3], corners[0], corners[2], corners[1]];
  const [a, b, c, d] = corners;
  trace.moveTo(m, o, x + a.x, y);
  trace.lineTo(m, o, x + w - b.x, y);
  trace.ellipse(m, o, x + w - b.x, y + b.y, b.x, b.y, 0, -QUARTER, 0, false);
  trace.lineTo(m, o, x + w, y + h - c.y);
  trace.ellipse(m, o, x + w - c.x, y + h - c.y, c.x, c.y, 0, 0, QUARTER, false);
  trace.lineTo(m, o, x + d.x, y + h);
  trace.ellipse(m, o, x + d.x, y + h - d.y, d.x, d.y, 0, QUARTER, 2 * QUARTER, false);
  trace.lineTo(m, o, x, y + a.y);
  trace.ellipse(m, o, x + a.x, y + a.y, a.x, a.y, 0, 2 * QUARTER, 3 * QUARTER, false);
  trace.closePath();
  trace.moveTo(m, o, x, y);
}

/** From the upper left on, as the clock goes. @param {any} radii @returns {{x: number, y: number}[]} */
export function cornerRadii(radii) {
  const given = (typeof radii === 'object' && radii !== null && Symbol.iterator in radii ? [...radii] : [radii]).map(radiusOf);
  if (given.length < 1 || given.length > 4) throw new RangeError(`${given.length} radii provided. Between one and four radii are necessary.`);
  const [a, b = a, c = a, d = b] = given;
  return [a, b, c, d];
}

/** @param {any} radius */
function radiusOf(radius) {
  const { x, y } = typeof radius === 'object' && radius !== null ? { x: radius.x ?? 0, y: radius.y ?? 0 } : { x: Number(radius), y: Number(radius) };
  if (x < 0 || y < 0) throw new RangeError(`Radius value ${Math.min(x, y)} is negative.`);
  return { x, y };
}

/** Radii that are too long for a side are all made shorter by the same part. @param {{x: number, y: number}[]} corners @param {number} w @param {number} h */
function fittedRadii([a, b, c, d], w, h) {
  const part = Math.min(1, w / (a.x + b.x), h / (b.y + c.y), w / (c.x + d.x), h / (d.y + a.y));
  return [a, b, c, d].map(({ x, y }) => ({ x: x * part || 0, y: y * part || 0 }));
}
