/**
 * A 2D context that draws: it remembers as the other one does, and hands everything on to a native context.
 *
 * What a game reads back, text widths and hits too, comes from the remembering part, so it is the same with and without pixels. The
 * native context is out of the game's reach.
 */

import { CanvasRenderingContext2D } from './context2d.js';
import { ImageData } from './image-data.js';
import { CanvasGradient, nativePaints, repetitionOf } from './paints.js';
import { nativePath } from './path2d.js';
import { STYLE_PARSERS } from './styles.js';
import { neutralFont, neutralText } from './text.js';

/** @typedef {import('./canvas.js').CanvasRoom} CanvasRoom */

export class RealContext2D extends CanvasRenderingContext2D {
  /** @type {CanvasRoom} */
  #room;
  /** @type {any} */
  #native;

  /** @param {CanvasRoom} room @param {any} owner @param {any} attributes @param {any} native */
  constructor(room, owner, attributes, native) {
    super(room, owner, attributes);
    this.#room = room;
    this.#native = native;
    native.font = neutralFont(this._style.font);
  }

  save() { super.save(); this.#native.save(); }
  restore() { super.restore(); this.#native.restore(); }
  reset() {
    super.reset();
    this.#native.reset();
    this.#native.font = neutralFont(this._style.font);
  }

  /** @param {number} x @param {number} y */
  translate(x, y) { super.translate(x, y); this.#native.translate(x, y); }
  /** @param {number} x @param {number} y */
  scale(x, y) { super.scale(x, y); this.#native.scale(x, y); }
  /** @param {number} angle */
  rotate(angle) { super.rotate(angle); this.#native.rotate(angle); }
  /** @param {number} a @param {number} b @param {number} c @param {number} d @param {number} e @param {number} f */
  transform(a, b, c, d, e, f) { super.transform(a, b, c, d, e, f); this.#native.transform(a, b, c, d, e, f); }
  /** @param {any} [a] @param {number} [b] @param {number} [c] @param {number} [d] @param {number} [e] @param {number} [f] */
  setTransform(a, b, c, d, e, f) {
    super.setTransform(a, b, c, d, e, f);
    const { _m: m, _o: o } = this;
    this.#native.setTransform(m[o], m[o + 1], m[o + 2], m[o + 3], m[o + 4], m[o + 5]);
  }

  beginPath() { super.beginPath(); this.#native.beginPath(); }
  closePath() { super.closePath(); this.#native.closePath(); }
  /** @param {number} x @param {number} y */
  moveTo(x, y) { super.moveTo(x, y); this.#native.moveTo(x, y); }
  /** @param {number} x @param {number} y */
  lineTo(x, y) { super.lineTo(x, y); this.#native.lineTo(x, y); }
  /** @param {number} cx @param {number} cy @param {number} x @param {number} y */
  quadraticCurveTo(cx, cy, x, y) { super.quadraticCurveTo(cx, cy, x, y); this.#native.quadraticCurveTo(cx, cy, x, y); }
  /** @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} x @param {number} y */
  bezierCurveTo(ax, ay, bx, by, x, y) { super.bezierCurveTo(ax, ay, bx, by, x, y); this.#native.bezierCurveTo(ax, ay, bx, by, x, y); }
  /** @param {number} x @param {number} y @param {number} radius @param {number} start @param {number} end @param {boolean} [isCounter] */
  arc(x, y, radius, start, end, isCounter = false) {
    super.arc(x, y, radius, start, end, isCounter);
    this.#native.arc(x, y, radius, start, end, Boolean(isCounter));
  }

  /** @param {number} x @param {number} y @param {number} rx @param {number} ry @param {number} rotation @param {number} start @param {number} end @param {boolean} [isCounter] */
  ellipse(x, y, rx, ry, rotation, start, end, isCounter = false) {
    super.ellipse(x, y, rx, ry, rotation, start, end, isCounter);
    this.#native.ellipse(x, y, rx, ry, rotation, start, end, Boolean(isCounter));
  }

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} radius */
  arcTo(x1, y1, x2, y2, radius) { super.arcTo(x1, y1, x2, y2, radius); this.#native.arcTo(x1, y1, x2, y2, radius); }
  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  rect(x, y, w, h) { super.rect(x, y, w, h); this.#native.rect(x, y, w, h); }
  /** @param {number} x @param {number} y @param {number} w @param {number} h @param {any} [radii] */
  roundRect(x, y, w, h, radii = 0) { super.roundRect(x, y, w, h, radii); this.#native.roundRect(x, y, w, h, radii); }
  /** @param {Iterable<any>} segments */
  setLineDash(segments) { super.setLineDash(segments); this.#native.setLineDash(this._style.lineDash); }

  /** @param {any} [x] @param {any} [y] @param {any} [w] @param {any} [h] */
  fillRect(x, y, w, h) { this.#native.fillRect(x, y, w, h); }
  /** @param {any} [x] @param {any} [y] @param {any} [w] @param {any} [h] */
  strokeRect(x, y, w, h) { this.#native.strokeRect(x, y, w, h); }
  /** @param {any} [x] @param {any} [y] @param {any} [w] @param {any} [h] */
  clearRect(x, y, w, h) { this.#native.clearRect(x, y, w, h); }
  /** @param {any} [path] @param {any} [rule] */
  fill(path, rule) { this.#withPath('fill', path, rule); }
  /** @param {any} [path] @param {any} [rule] */
  clip(path, rule) { this.#withPath('clip', path, rule); }
  /** @param {any} [path] */
  stroke(path) { this.#withPath('stroke', path, undefined); }
  /** @param {any} [text] @param {any} [x] @param {any} [y] @param {any} [most] */
  fillText(text, x, y, most) { this.#text('fillText', String(text), x, y, most); }
  /** @param {any} [text] @param {any} [x] @param {any} [y] @param {any} [most] */
  strokeText(text, x, y, most) { this.#text('strokeText', String(text), x, y, most); }

  /** @param {any} image @param {any[]} place */
  drawImage(image, ...place) {
    super.drawImage(image, ...(/** @type {[]} */ (/** @type {unknown} */ (place))));
    const source = this.#room.sources.native(image);
    if (source && !(place.length === 8 && (place[2] === 0 || place[3] === 0))) this.#native.drawImage(source, ...place);
  }

  /** @param {any[]} place */
  createLinearGradient(...place) { return paint(new CanvasGradient(), this.#native.createLinearGradient(...place)); }
  /** @param {any[]} place */
  createRadialGradient(...place) { return paint(new CanvasGradient(), this.#native.createRadialGradient(...place)); }
  /** @param {any[]} place */
  createConicGradient(...place) { return paint(new CanvasGradient(), this.#native.createConicGradient(...place)); }

  /** @param {any} image @param {any} repetition */
  createPattern(image, repetition) {
    const pattern = super.createPattern(image, repetition);
    const source = pattern && this.#room.sources.native(image);
    return pattern && source ? paint(pattern, this.#native.createPattern(source, repetitionOf(repetition))) : pattern;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  getImageData(x, y, width, height) {
    const read = this.#native.getImageData(x, y, width, height);
    return new ImageData(new Uint8ClampedArray(read.data), read.width, read.height);
  }

  /** @param {any} image @param {any[]} place */
  putImageData(image, ...place) {
    super.putImageData(image);
    this.#native.putImageData(this.#room.natives.imageData(image.data, image.width, image.height), ...place);
  }

  /** @param {'fill'|'clip'|'stroke'} method @param {any} path @param {any} rule */
  #withPath(method, path, rule) {
    const args = path?._trace ? [nativePath(path, this.#room.natives.createPath), rule] : [path];
    while (args.length > 0 && args[args.length - 1] === undefined) args.pop();
    this.#native[method](...args);
  }

  /** @param {'fillText'|'strokeText'} method @param {string} text @param {number} x @param {number} y @param {number} [most] */
  #text(method, text, x, y, most) {
    const neutral = neutralText(text);
    if (neutral !== text) this.#room.needsFonts(text);
    if (most === undefined) this.#native[method](neutral, x, y);
    else this.#native[method](neutral, x, y, most);
  }

  /** A property has been set: the native context gets it. @param {string} name @param {any} value */
  _forward(name, value) {
    this.#native[name] = nativeValue(name, value);
  }
}

Object.defineProperty(RealContext2D, 'name', { value: 'CanvasRenderingContext2D' });
forwardProperties();

function forwardProperties() {
  const names = ['fillStyle', 'strokeStyle', 'globalAlpha', 'lineWidth', 'globalCompositeOperation', 'textAlign', 'textBaseline', 'font', ...Object.keys(STYLE_PARSERS)];
  for (const name of names) {
    const { get, set } = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(CanvasRenderingContext2D.prototype, name));
    Object.defineProperty(RealContext2D.prototype, name, {
      configurable: true, enumerable: true, get,
      set: /** @this {any} */ function assign(value) {
        const before = this._style[name];
        set?.call(this, value);
        const after = this._style[name];
        if (after !== before) this._forward(name, after);
      },
    });
  }
}

/** @param {string} name @param {any} value */
function nativeValue(name, value) {
  if (name === 'font') return neutralFont(value);
  if (name === 'letterSpacing' || name === 'wordSpacing') return `${value}px`;
  return typeof value === 'object' ? nativePaints.get(value) ?? '#000000' : value;
}

/** @template {object} T @param {T} own @param {any} native @returns {T} */
function paint(own, native) {
  nativePaints.set(own, native);
  return own;
}
