/**
 * `Path2D`: a path of its own that contexts fill, stroke and clip.
 */

import { traceArcTo, traceRoundRect } from './corners.js';
import { matrixNumbers, product } from './geometry.js';
import { polygonsOf } from './hits.js';
import { traceSvg } from './svg-paths.js';
import { CLOSE, CUBIC, ELLIPSE, IDENTITY, LINE, MOVE, QUADRATIC, Trace, TRACE_SIZES } from './traces.js';

/** What real canvases draw, and how long the trace was when it was made; out of the game's reach. @type {WeakMap<Path2D, {native: any, length: number}>} */
const nativePaths = new WeakMap();

export class Path2D {
  /** @param {Path2D|string} [source] */
  constructor(source) {
    this._trace = new Trace();
    if (source instanceof Path2D) this.addPath(source);
    else if (source !== undefined) traceSvg(this._trace, String(source));
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) { this._trace.moveTo(IDENTITY, 0, x, y); }
  /** @param {number} x @param {number} y */
  lineTo(x, y) { this._trace.lineTo(IDENTITY, 0, x, y); }
  /** @param {number} cx @param {number} cy @param {number} x @param {number} y */
  quadraticCurveTo(cx, cy, x, y) { this._trace.quadraticCurveTo(IDENTITY, 0, cx, cy, x, y); }
  /** @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} x @param {number} y */
  bezierCurveTo(ax, ay, bx, by, x, y) { this._trace.bezierCurveTo(IDENTITY, 0, ax, ay, bx, by, x, y); }
  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  rect(x, y, w, h) { this._trace.rect(IDENTITY, 0, x, y, w, h); }
  /** @param {number} x @param {number} y @param {number} w @param {number} h @param {any} [radii] */
  roundRect(x, y, w, h, radii = 0) { traceRoundRect(this._trace, IDENTITY, 0, x, y, w, h, radii); }
  /** @param {number} x @param {number} y @param {number} radius @param {number} start @param {number} end @param {boolean} [isCounter] */
  arc(x, y, radius, start, end, isCounter = false) { this._trace.ellipse(IDENTITY, 0, x, y, radius, radius, 0, start, end, isCounter); }
  /** @param {number} x @param {number} y @param {number} rx @param {number} ry @param {number} rotation @param {number} start @param {number} end @param {boolean} [isCounter] */
  ellipse(x, y, rx, ry, rotation, start, end, isCounter = false) { this._trace.ellipse(IDENTITY, 0, x, y, rx, ry, rotation, start, end, isCounter); }
  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} radius */
  arcTo(x1, y1, x2, y2, radius) { traceArcTo(this._trace, IDENTITY, 0, x1, y1, x2, y2, radius); }
  closePath() { this._trace.closePath(); }
  /** @param {Path2D} path @param {any} [matrix] */
  addPath(path, matrix) { appendTrace(this._trace, path._trace, matrix ? matrixNumbers(matrix) : IDENTITY); }
}

/** @param {Trace} trace @param {Trace} other @param {ArrayLike<number>} m */
function appendTrace(trace, { numbers, length }, m) {
  const entries = numbers.slice(0, length); // a path may be added to itself
  for (let at = 0; at < length; at += 1 + TRACE_SIZES[entries[at]]) {
    const n = entries.subarray(at + 1, at + 1 + TRACE_SIZES[entries[at]]);
    switch (entries[at]) {
      case MOVE: trace.moveTo(m, 0, n[0], n[1]); break;
      case LINE: trace.lineTo(m, 0, n[0], n[1]); break;
      case QUADRATIC: trace.quadraticCurveTo(m, 0, n[0], n[1], n[2], n[3]); break;
      case CUBIC: trace.bezierCurveTo(m, 0, n[0], n[1], n[2], n[3], n[4], n[5]); break;
      case ELLIPSE: trace.ellipse(product(m, n.subarray(7)), 0, n[0], n[1], n[2], n[3], n[4], n[5], n[5] + n[6], n[6] < 0); break;
      case CLOSE: trace.closePath();
    }
  }
}

/**
 * The native path that draws the same.
 * @param {Path2D} path @param {() => any} create makes an empty native one
 */
export function nativePath(path, create) {
  const { _trace: trace } = path;
  const known = nativePaths.get(path);
  if (known?.length === trace.length) return known.native;
  const native = create();
  writeTrace(trace, native);
  nativePaths.set(path, { native, length: trace.length });
  return native;
}

/** @param {Trace} trace @param {any} native */
function writeTrace(trace, native) {
  const { numbers: n, length } = trace;
  let hasTransform = false;
  for (let at = 0; at < length; at += 1 + TRACE_SIZES[n[at]]) {
    switch (n[at]) {
      case MOVE: native.moveTo(n[at + 1], n[at + 2]); break;
      case LINE: native.lineTo(n[at + 1], n[at + 2]); break;
      case QUADRATIC: native.quadraticCurveTo(n[at + 1], n[at + 2], n[at + 3], n[at + 4]); break;
      case CUBIC: native.bezierCurveTo(n[at + 1], n[at + 2], n[at + 3], n[at + 4], n[at + 5], n[at + 6]); break;
      case ELLIPSE:
        hasTransform = [0, 1, 2, 3, 4, 5].some((i) => n[at + 8 + i] !== IDENTITY[i]);
        if (hasTransform) writePolygon(trace, at, native);
        else native.ellipse(n[at + 1], n[at + 2], n[at + 3], n[at + 4], n[at + 5], n[at + 6], n[at + 6] + n[at + 7], n[at + 7] < 0);
        break;
      case CLOSE: native.closePath();
    }
  }
}

/** A transformed arc, which only `addPath` with a matrix makes, as a line of many pieces. @param {Trace} trace @param {number} at @param {any} native */
function writePolygon({ numbers }, at, native) {
  const arc = new Trace();
  arc.moveToDevice(0, 0);
  const to = arc.add(ELLIPSE);
  for (let i = 1; i <= TRACE_SIZES[ELLIPSE]; i += 1) arc.numbers[to + i] = numbers[at + i];
  const [{ points }] = polygonsOf(arc);
  for (let i = 2; i < points.length; i += 2) native.lineTo(points[i], points[i + 1]);
}
