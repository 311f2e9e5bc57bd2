/**
 * The way of a path, kept as numbers while a game draws and understood only when somebody asks.
 *
 * Points are transformed when they are added, as a canvas does it: a path keeps its place when the transform changes.
 * Knows nothing of contexts; what lies inside a path is in hits.js.
 */

export const MOVE = 0;
export const LINE = 1;
export const QUADRATIC = 2;
export const CUBIC = 3;
/** Centre, radii, rotation, start angle and sweep, then the six numbers of the transform. */
export const ELLIPSE = 4;
export const CLOSE = 5;

/** How many numbers follow each of them. */
export const TRACE_SIZES = [2, 2, 4, 6, 13, 0];

/** A game that never begins a new path must not fill the memory: what lies beyond is not kept. */
const MOST_NUMBERS = 1 << 18;
const TURN = 2 * Math.PI;
/** @type {ArrayLike<number>} */
export const IDENTITY = Float64Array.of(1, 0, 0, 1, 0, 0);

export class Trace {
  constructor() {
    this.numbers = new Float64Array(32);
    this.length = 0;
    /** The last point, and the first of its subpath, transformed. */
    this.x = 0;
    this.y = 0;
    this.startX = 0;
    this.startY = 0;
    this.isEmpty = true;
  }

  begin() {
    this.length = 0;
    this.isEmpty = true;
  }

  /** Room for an entry; gives its place, or -1 when there is no more. @param {number} kind */
  add(kind) {
    const at = this.length;
    const next = at + 1 + TRACE_SIZES[kind];
    if (next > this.numbers.length && !this.grow(next)) return -1;
    this.numbers[at] = kind;
    this.length = next;
    return at;
  }

  /** @param {number} wanted */
  grow(wanted) {
    if (wanted > MOST_NUMBERS) return false;
    const longer = new Float64Array(2 * Math.max(wanted, this.numbers.length));
    longer.set(this.numbers);
    this.numbers = longer;
    return true;
  }

  /** @param {ArrayLike<number>} m the transform @param {number} o where it begins @param {number} x @param {number} y */
  moveTo(m, o, x, y) {
    if (x - x + y - y !== 0) return; // not finite
    this.moveToDevice(m[o] * x + m[o + 2] * y + m[o + 4], m[o + 1] * x + m[o + 3] * y + m[o + 5]);
  }

  /** @param {number} x @param {number} y */
  moveToDevice(x, y) {
    this.isEmpty = false;
    this.x = this.startX = x;
    this.y = this.startY = y;
    const at = this.add(MOVE);
    if (at < 0) return;
    this.numbers[at + 1] = x;
    this.numbers[at + 2] = y;
  }

  /** @param {ArrayLike<number>} m @param {number} o @param {number} x @param {number} y */
  lineTo(m, o, x, y) {
    if (x - x + y - y !== 0) return;
    if (this.isEmpty) return void this.moveTo(m, o, x, y);
    const at = this.add(LINE);
    if (at >= 0) this.endAt(at + 1, m, o, x, y);
  }

  /** @param {number} at @param {ArrayLike<number>} m @param {number} o @param {number} x @param {number} y */
  endAt(at, m, o, x, y) {
    this.numbers[at] = this.x = m[o] * x + m[o + 2] * y + m[o + 4];
    this.numbers[at + 1] = this.y = m[o + 1] * x + m[o + 3] * y + m[o + 5];
  }

  /** @param {ArrayLike<number>} m @param {number} o @param {number} cx @param {number} cy @param {number} x @param {number} y */
  quadraticCurveTo(m, o, cx, cy, x, y) {
    if (this.isEmpty) this.moveTo(m, o, cx, cy);
    const at = this.add(QUADRATIC);
    if (at < 0) return;
    this.endAt(at + 1, m, o, cx, cy);
    this.endAt(at + 3, m, o, x, y);
  }

  /** @param {ArrayLike<number>} m @param {number} o @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} x @param {number} y */
  bezierCurveTo(m, o, ax, ay, bx, by, x, y) {
    if (this.isEmpty) this.moveTo(m, o, ax, ay);
    const at = this.add(CUBIC);
    if (at < 0) return;
    this.endAt(at + 1, m, o, ax, ay);
    this.endAt(at + 3, m, o, bx, by);
    this.endAt(at + 5, m, o, x, y);
  }

  /** @param {ArrayLike<number>} m @param {number} o @param {number} x @param {number} y @param {number} w @param {number} h */
  rect(m, o, x, y, w, h) {
    if (x - x + y - y + w - w + h - h !== 0) return;
    this.moveTo(m, o, x, y);
    this.lineTo(m, o, x + w, y);
    this.lineTo(m, o, x + w, y + h);
    this.lineTo(m, o, x, y + h);
    this.closePath();
  }

  /**
   * @param {ArrayLike<number>} m @param {number} o @param {number} cx @param {number} cy @param {number} rx @param {number} ry
   * @param {number} rotation @param {number} start @param {number} end @param {boolean} isCounter against the clock
   */
  ellipse(m, o, cx, cy, rx, ry, rotation, start, end, isCounter) {
    const sweep = sweepOf(start, end, isCounter);
    if (cx - cx + cy - cy + rx - rx + ry - ry + sweep - sweep !== 0) return;
    this.lineToEllipse(m, o, cx, cy, rx, ry, rotation, start);
    const at = this.add(ELLIPSE);
    if (at < 0) return;
    const { numbers } = this;
    numbers[at + 1] = cx;
    numbers[at + 2] = cy;
    numbers[at + 3] = rx;
    numbers[at + 4] = ry;
    numbers[at + 5] = rotation;
    numbers[at + 6] = start;
    numbers[at + 7] = sweep;
    for (let i = 0; i < 6; i += 1) numbers[at + 8 + i] = m[o + i];
    this.moveLast(m, o, cx, cy, rx, ry, rotation, start + sweep);
  }

  /** @param {ArrayLike<number>} m @param {number} o @param {number} cx @param {number} cy @param {number} rx @param {number} ry @param {number} rotation @param {number} angle */
  lineToEllipse(m, o, cx, cy, rx, ry, rotation, angle) {
    const [x, y] = onEllipse(cx, cy, rx, ry, rotation, angle);
    this.lineTo(m, o, x, y);
  }

  /** @param {ArrayLike<number>} m @param {number} o @param {number} cx @param {number} cy @param {number} rx @param {number} ry @param {number} rotation @param {number} angle */
  moveLast(m, o, cx, cy, rx, ry, rotation, angle) {
    const [x, y] = onEllipse(cx, cy, rx, ry, rotation, angle);
    this.x = m[o] * x + m[o + 2] * y + m[o + 4];
    this.y = m[o + 1] * x + m[o + 3] * y + m[o + 5];
  }

  closePath() {
    if (this.isEmpty || this.add(CLOSE) < 0) return;
    this.x = this.startX;
    this.y = this.startY;
  }
}

/** @param {number} cx @param {number} cy @param {number} rx @param {number} ry @param {number} rotation @param {number} angle @returns {[number, number]} */
export function onEllipse(cx, cy, rx, ry, rotation, angle) {
  const [x, y] = [rx * Math.cos(angle), ry * Math.sin(angle)];
  if (rotation === 0) return [cx + x, cy + y];
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  return [cx + x * cos - y * sin, cy + x * sin + y * cos];
}

/** From angle to angle: at most one whole turn. @param {number} start @param {number} end @param {boolean} isCounter */
function sweepOf(start, end, isCounter) {
  const span = isCounter ? start - end : end - start;
  const sweep = span >= TURN ? TURN : ((span % TURN) + TURN) % TURN;
  return isCounter ? -sweep : sweep;
}
