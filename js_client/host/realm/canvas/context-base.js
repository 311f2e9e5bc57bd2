/**
 * The part of a 2D context that remembers: state with save and restore, the transform, and the current path.
 *
 * Games read these back, and call them thousands of times a frame: nothing is made new where numbers can be written in
 * their place. Draws nothing and knows no owner.
 */

import { traceArcTo, traceRoundRect } from './corners.js';
import { domError } from './errors.js';
import { DOMMatrix, inverted, matrixNumbers, product } from './geometry.js';
import { isInTrace, isOnTrace } from './hits.js';
import { copyOfStyle, firstStyle } from './styles.js';
import { Trace } from './traces.js';

/** Levels of save that there is room for from the beginning. */
const FIRST_LEVELS = 4;

export class ContextBase {
  constructor() {
    /** Shared with saved levels until it is changed. */
    this._style = firstStyle();
    this._isShared = false;
    /** @type {import('./styles.js').Style[]} */
    this._saved = [];
    /** The transforms of all levels, six numbers each, and where the present one begins. */
    this._m = new Float64Array(6 * FIRST_LEVELS);
    this._m[0] = this._m[3] = 1;
    this._o = 0;
    this._path = new Trace();
  }

  /** The style, for writing. */
  _own() {
    if (this._isShared) {
      this._style = copyOfStyle(this._style);
      this._isShared = false;
    }
    return this._style;
  }

  save() {
    this._saved.push(this._style);
    this._isShared = true;
    const from = this._o;
    const to = this._o = from + 6;
    if (to === this._m.length) this._m = longer(this._m);
    const m = this._m;
    m[to] = m[from];
    m[to + 1] = m[from + 1];
    m[to + 2] = m[from + 2];
    m[to + 3] = m[from + 3];
    m[to + 4] = m[from + 4];
    m[to + 5] = m[from + 5];
  }

  restore() {
    const style = this._saved.pop();
    if (style === undefined) return;
    this._style = style;
    this._isShared = true; // perhaps with a level further down
    this._o -= 6;
  }

  reset() {
    this._style = firstStyle();
    this._isShared = false;
    this._saved.length = 0;
    this._o = 0;
    this._m.fill(0, 0, 6);
    this._m[0] = this._m[3] = 1;
    this._path.begin();
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    if (x - x + y - y !== 0) return; // not finite
    const { _m: m, _o: o } = this;
    m[o + 4] += m[o] * x + m[o + 2] * y;
    m[o + 5] += m[o + 1] * x + m[o + 3] * y;
  }

  /** @param {number} x @param {number} y */
  scale(x, y) {
    if (x - x + y - y !== 0) return;
    const { _m: m, _o: o } = this;
    m[o] *= x;
    m[o + 1] *= x;
    m[o + 2] *= y;
    m[o + 3] *= y;
  }

  /** @param {number} angle */
  rotate(angle) {
    if (angle - angle !== 0) return;
    const { _m: m, _o: o } = this;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const a = m[o];
    const b = m[o + 1];
    m[o] = a * cos + m[o + 2] * sin;
    m[o + 1] = b * cos + m[o + 3] * sin;
    m[o + 2] = m[o + 2] * cos - a * sin;
    m[o + 3] = m[o + 3] * cos - b * sin;
  }

  /** @param {number} a @param {number} b @param {number} c @param {number} d @param {number} e @param {number} f */
  transform(a, b, c, d, e, f) {
    if (a - a + b - b + c - c + d - d + e - e + f - f !== 0) return;
    this._m.set(product(this._m.subarray(this._o, this._o + 6), [a, b, c, d, e, f]), this._o);
  }

  /** @param {any} [a] a number, or a matrix instead of the six @param {number} [b] @param {number} [c] @param {number} [d] @param {number} [e] @param {number} [f] @returns {void} */
  setTransform(a, b, c, d, e, f) {
    if (typeof a === 'object' || a === undefined) return void this._m.set(matrixNumbers(a), this._o);
    const [p, q, r, s, t, u] = [a, b, c, d, e, f].map(Number);
    if (!Number.isFinite(p + q + r + s + t + u)) return;
    const { _m: m, _o: o } = this;
    m[o] = p;
    m[o + 1] = q;
    m[o + 2] = r;
    m[o + 3] = s;
    m[o + 4] = t;
    m[o + 5] = u;
  }

  resetTransform() {
    this.setTransform(1, 0, 0, 1, 0, 0);
  }

  getTransform() {
    return new DOMMatrix(this._m.subarray(this._o, this._o + 6));
  }

  beginPath() {
    this._path.begin();
  }

  closePath() {
    this._path.closePath();
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this._path.moveTo(this._m, this._o, x, y);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this._path.lineTo(this._m, this._o, x, y);
  }

  /** @param {number} cx @param {number} cy @param {number} x @param {number} y */
  quadraticCurveTo(cx, cy, x, y) {
    this._path.quadraticCurveTo(this._m, this._o, cx, cy, x, y);
  }

  /** @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} x @param {number} y */
  bezierCurveTo(ax, ay, bx, by, x, y) {
    this._path.bezierCurveTo(this._m, this._o, ax, ay, bx, by, x, y);
  }

  /** @param {number} x @param {number} y @param {number} radius @param {number} start @param {number} end @param {boolean} [isCounter] */
  arc(x, y, radius, start, end, isCounter = false) {
    if (radius < 0) throw negativeRadius('arc', radius);
    this._path.ellipse(this._m, this._o, x, y, radius, radius, 0, start, end, isCounter);
  }

  /** @param {number} x @param {number} y @param {number} rx @param {number} ry @param {number} rotation @param {number} start @param {number} end @param {boolean} [isCounter] */
  ellipse(x, y, rx, ry, rotation, start, end, isCounter = false) {
    if (rx < 0 || ry < 0) throw negativeRadius('ellipse', Math.min(rx, ry));
    this._path.ellipse(this._m, this._o, x, y, rx, ry, rotation, start, end, isCounter);
  }

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} radius */
  arcTo(x1, y1, x2, y2, radius) {
    if (radius < 0) throw negativeRadius('arcTo', radius);
    traceArcTo(this._path, this._m, this._o, x1, y1, x2, y2, radius);
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  rect(x, y, w, h) {
    this._path.rect(this._m, this._o, +x, +y, +w, +h);
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h @param {any} [radii] */
  roundRect(x, y, w, h, radii = 0) {
    traceRoundRect(this._path, this._m, this._o, +x, +y, +w, +h, radii);
  }

  /** @param {any} path or the first number @param {any} x @param {any} [y] @param {any} [rule] */
  isPointInPath(path, x, y, rule) {
    if (typeof path !== 'object') return isInTrace(this._path, Number(path), Number(x), y);
    const point = this._inUserSpace(x, y);
    return point !== undefined && isInTrace(path._trace, point[0], point[1], rule);
  }

  /** @param {any} path or the first number @param {any} x @param {any} [y] */
  isPointInStroke(path, x, y) {
    const { _m: m, _o: o, _style: { lineWidth } } = this;
    if (typeof path !== 'object') {
      const scale = Math.sqrt(Math.abs(m[o] * m[o + 3] - m[o + 1] * m[o + 2]));
      return isOnTrace(this._path, Number(path), Number(x), (lineWidth / 2) * scale);
    }
    const point = this._inUserSpace(x, y);
    return point !== undefined && isOnTrace(path._trace, point[0], point[1], lineWidth / 2);
  }

  /** Where a device pixel lies before the transform. @param {any} x @param {any} y @returns {[number, number]|undefined} */
  _inUserSpace(x, y) {
    const back = inverted(this._m.subarray(this._o, this._o + 6));
    return back && [back[0] * x + back[2] * y + back[4], back[1] * x + back[3] * y + back[5]];
  }

  getLineDash() {
    return [...this._style.lineDash];
  }

  /** @param {Iterable<any>} segments */
  setLineDash(segments) {
    const lengths = Array.from(segments, Number);
    if (lengths.some((length) => !(length >= 0 && length < Infinity))) return;
    this._own().lineDash = lengths.length % 2 === 1 ? [...lengths, ...lengths] : lengths;
  }
}

/** @param {Float64Array} numbers */
function longer(numbers) {
  const twice = new Float64Array(2 * numbers.length);
  twice.set(numbers);
  return twice;
}

/** @param {string} method @param {number} radius */
function negativeRadius(method, radius) {
  return domError('IndexSizeError', `Failed to execute '${method}' on 'CanvasRenderingContext2D': The radius provided (${radius}) is negative.`);
}
