/**
 * The path language of SVG, as `new Path2D('M 10 10 h 80 …')` takes it, written into a trace.
 */

import { IDENTITY } from './traces.js';

/** @typedef {import('./traces.js').Trace} Trace */

/** How many numbers each command takes. @type {Record<string, number>} */
const SVG_COUNTS = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };

/** Stops at the first thing that is none of the language, as browsers do. @param {Trace} trace @param {string} text */
export function traceSvg(trace, text) {
  const pen = new SvgPen(trace);
  for (const [, letter, rest] of text.matchAll(/([MLHVCSQTAZ])([^MLHVCSQTAZ]*)/gi)) {
    const numbers = svgNumbers(rest, letter.toUpperCase() === 'A');
    const count = SVG_COUNTS[letter.toUpperCase()];
    if (count > 0 && numbers.length < count) return;
    for (let i = 0; i === 0 || (count > 0 && i + count <= numbers.length); i += count || 1) {
      pen.draw(i > 0 && letter === 'M' ? 'L' : i > 0 && letter === 'm' ? 'l' : letter, numbers.slice(i, i + count));
    }
  }
}

/** Flags of arcs are single digits that may stick to what follows. @param {string} text @param {boolean} isArc */
function svgNumbers(text, isArc) {
  const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy;
  /** @type {number[]} */
  const numbers = [];
  for (let at = 0; at < text.length;) {
    const isFlag = isArc && (numbers.length % 7 === 3 || numbers.length % 7 === 4);
    const pattern = isFlag ? /[01]/y : NUMBER;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) numbers.push(Number(found[0]));
    else if (!/[\s,]/.test(text[at])) return numbers;
    at += found ? found[0].length : 1;
  }
  return numbers;
}

class SvgPen {
  /** @param {Trace} trace */
  constructor(trace) {
    this.trace = trace;
    this.x = this.y = this.startX = this.startY = this.controlX = this.controlY = 0;
    this.last = '';
  }

  /** @param {string} letter @param {number[]} given */
  draw(letter, given) {
    const command = letter.toUpperCase();
    const isRelative = command !== letter;
    const [dx, dy] = isRelative ? [this.x, this.y] : [0, 0];
    const n = command === 'A' ? [...given.slice(0, 5), given[5] + dx, given[6] + dy] : given.map((number, i) => number + (i % 2 === 0 ? dx : dy));
    if (command === 'H') n.splice(0, 1, given[0] + dx, this.y);
    if (command === 'V') n.splice(0, 1, this.x, given[0] + dy);
    this.put(command, n);
    this.last = command;
  }

  /** @param {string} command @param {number[]} n */
  put(command, n) {
    const { trace } = this;
    const [mirrorX, mirrorY] = this.mirrored(command);
    switch (command) {
      case 'M': trace.moveTo(IDENTITY, 0, n[0], n[1]); [this.startX, this.startY] = n; break;
      case 'L': case 'H': case 'V': trace.lineTo(IDENTITY, 0, n[0], n[1]); break;
      case 'C': trace.bezierCurveTo(IDENTITY, 0, n[0], n[1], n[2], n[3], n[4], n[5]); [, , this.controlX, this.controlY] = n; break;
      case 'S': trace.bezierCurveTo(IDENTITY, 0, mirrorX, mirrorY, n[0], n[1], n[2], n[3]); [this.controlX, this.controlY] = n; break;
      case 'Q': trace.quadraticCurveTo(IDENTITY, 0, n[0], n[1], n[2], n[3]); [this.controlX, this.controlY] = n; break;
      case 'T': trace.quadraticCurveTo(IDENTITY, 0, mirrorX, mirrorY, n[0], n[1]); [this.controlX, this.controlY] = [mirrorX, mirrorY]; break;
      case 'A': svgArc(trace, this.x, this.y, n); break;
      default: trace.closePath();
    }
    [this.x, this.y] = command === 'Z' ? [this.startX, this.startY] : n.slice(-2);
  }

  /** The last control point, on the other side of the pen. @param {string} command */
  mirrored(command) {
    const follows = command === 'S' ? 'CS' : 'QT';
    return this.last && follows.includes(this.last) ? [2 * this.x - this.controlX, 2 * this.y - this.controlY] : [this.x, this.y];
  }
}

/** From end points to the centre: SVG 1.1, appendix F.6.5. @param {Trace} trace @param {number} x0 @param {number} y0 @param {number[]} n */
function svgArc(trace, x0, y0, [radiusX, radiusY, degrees, isLarge, isClockwise, x, y]) {
  let [rx, ry] = [Math.abs(radiusX), Math.abs(radiusY)];
  if (rx === 0 || ry === 0 || (x0 === x && y0 === y)) return trace.lineTo(IDENTITY, 0, x, y);
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [halfX, halfY] = [(x0 - x) / 2, (y0 - y) / 2];
  const [px, py] = [cos * halfX + sin * halfY, cos * halfY - sin * halfX];
  const needed = Math.sqrt((px / rx) ** 2 + (py / ry) ** 2);
  if (needed > 1) [rx, ry] = [rx * needed, ry * needed];
  const rest = Math.max(0, 1 / ((px / rx) ** 2 + (py / ry) ** 2) - 1);
  const part = (isLarge === isClockwise ? -1 : 1) * Math.sqrt(rest);
  const [cx, cy] = [(part * rx * py) / ry, (-part * ry * px) / rx];
  const start = Math.atan2((py - cy) / ry, (px - cx) / rx);
  const end = Math.atan2((-py - cy) / ry, (-px - cx) / rx);
  const centreX = cos * cx - sin * cy + (x0 + x) / 2;
  const centreY = sin * cx + cos * cy + (y0 + y) / 2;
  trace.ellipse(IDENTITY, 0, centreX, centreY, rx, ry, angle, start, end, isClockwise === 0);
}
