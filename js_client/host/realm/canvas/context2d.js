/**
 * `CanvasRenderingContext2D` that draws nothing: it answers all questions that a game may ask, as quickly as it can.
 *
 * Knows its owner and whether something may be drawn; a real canvas's context (real2d.js) adds pixels.
 */

import { canvasColor } from './colors.js';
import { ContextBase } from './context-base.js';
import { domError } from './errors.js';
import { parseFont } from './fonts.js';
import { ImageData } from './image-data.js';
import { CanvasGradient, CanvasPattern, repetitionOf } from './paints.js';
import { STYLE_NAMES, STYLE_PARSERS, STYLE_WRITERS } from './styles.js';
import { measured } from './text.js';

/** @typedef {import('./canvas.js').CanvasRoom} CanvasRoom */

/** As many pixels has the largest canvas that Phaser makes to try a browser. */
const PROBE_PIXELS = 64;

export class CanvasRenderingContext2D extends ContextBase {
  /** @type {CanvasRoom} */
  #room;
  #attributes;

  /** @param {CanvasRoom} room @param {any} owner @param {any} [attributes] */
  constructor(room, owner, attributes) {
    if (owner === undefined) throw new TypeError("Failed to construct 'CanvasRenderingContext2D': Illegal constructor");
    super();
    this.#room = room;
    this.#attributes = { alpha: true, colorSpace: 'srgb', desynchronized: false, willReadFrequently: false, ...attributes };
    this.canvas = owner;
  }

  get [Symbol.toStringTag]() { return 'CanvasRenderingContext2D'; }

  get fillStyle() { return this._style.fillStyle; }
  set fillStyle(value) {
    const paint = paintOf(value);
    if (paint !== null && paint !== this._style.fillStyle) this._own().fillStyle = paint;
  }

  get strokeStyle() { return this._style.strokeStyle; }
  set strokeStyle(value) {
    const paint = paintOf(value);
    if (paint !== null && paint !== this._style.strokeStyle) this._own().strokeStyle = paint;
  }

  get globalAlpha() { return this._style.globalAlpha; }
  set globalAlpha(value) {
    if (value >= 0 && value <= 1) this._own().globalAlpha = Number(value);
  }

  get lineWidth() { return this._style.lineWidth; }
  set lineWidth(value) {
    if (value > 0 && value < Infinity) this._own().lineWidth = Number(value);
  }

  get globalCompositeOperation() { return this._style.globalCompositeOperation; }
  set globalCompositeOperation(value) {
    if (STYLE_NAMES.globalCompositeOperation.has(value)) this._own().globalCompositeOperation = value;
  }

  get textAlign() { return this._style.textAlign; }
  set textAlign(value) {
    if (STYLE_NAMES.textAlign.has(value)) this._own().textAlign = value;
  }

  get textBaseline() { return this._style.textBaseline; }
  set textBaseline(value) {
    if (STYLE_NAMES.textBaseline.has(value)) this._own().textBaseline = value;
  }

  get font() { return this._style.font.text; }
  set font(value) {
    const font = parseFont(String(value));
    if (font) this._own().font = font;
  }

  fillRect() {}
  strokeRect() {}
  clearRect() {}
  fill() {}
  stroke() {}
  clip() {}
  fillText() {}
  strokeText() {}
  drawFocusIfNeeded() {}
  scrollPathIntoView() {}
  isContextLost() { return false; }
  getContextAttributes() { return { ...this.#attributes }; }

  /** @param {any} text */
  measureText(text) {
    return measured(String(text), this._style);
  }

  /** @param {any} image */
  drawImage(image) {
    const { length } = arguments;
    if (length !== 3 && length !== 5 && length !== 9) {
      throw new TypeError("Failed to execute 'drawImage' on 'CanvasRenderingContext2D': Valid arities are: [3, 5, 9].");
    }
    this.#room.sources.check(image, 'drawImage');
  }

  createLinearGradient() { return new CanvasGradient(); }
  createRadialGradient() { return new CanvasGradient(); }
  createConicGradient() { return new CanvasGradient(); }

  /** @param {any} image @param {any} repetition */
  createPattern(image, repetition) {
    this.#room.sources.check(image, 'createPattern');
    repetitionOf(repetition);
    return image.complete === false ? null : new CanvasPattern();
  }

  /** @param {any} width or ImageData of the same size @param {any} [height] */
  createImageData(width, height) {
    if (width instanceof ImageData) return new ImageData(width.width, width.height);
    return new ImageData(Math.abs(width), Math.abs(height));
  }

  /** Transparent, and a note. @param {number} x @param {number} y @param {number} width @param {number} height */
  getImageData(x, y, width, height) {
    // Engines look at a few pixels of a tiny canvas to see what a browser can do; that is no question of the game.
    if (this.canvas.width * this.canvas.height > PROBE_PIXELS) this.#room.needsCanvas('getImageData');
    if (!Number.isFinite(x + y + width + height)) throw new TypeError("Failed to execute 'getImageData': 4 finite numbers required.");
    return new ImageData(Math.abs(width), Math.abs(height));
  }

  /** @param {any} data */
  putImageData(data) {
    if (!(data instanceof ImageData)) {
      throw new TypeError("Failed to execute 'putImageData' on 'CanvasRenderingContext2D': parameter 1 is not of type 'ImageData'.");
    }
  }
}

for (const [name, parse] of Object.entries(STYLE_PARSERS)) {
  const write = STYLE_WRITERS[name];
  Object.defineProperty(CanvasRenderingContext2D.prototype, name, {
    configurable: true,
    enumerable: true,
    get: /** @this {any} */ function get() { return write ? write(this._style[name]) : this._style[name]; },
    set: /** @this {any} */ function set(value) {
      const parsed = parse(value);
      if (parsed !== undefined && parsed !== this._style[name]) this._own()[name] = parsed;
    },
  });
}

/** @param {any} value @returns {any} null for what is ignored */
function paintOf(value) {
  if (typeof value === 'string') return canvasColor(value);
  if (value instanceof CanvasGradient || value instanceof CanvasPattern) return value;
  return canvasColor(String(value));
}

/** A transferring context: shows a bitmap and draws nothing itself. */
export class ImageBitmapRenderingContext {
  /** @param {any} owner */
  constructor(owner) {
    this.canvas = owner;
  }

  /** @param {any} bitmap */
  transferFromImageBitmap(bitmap) {
    if (bitmap !== null && typeof bitmap?.close !== 'function') throw domError('InvalidStateError', 'The input ImageBitmap has been detached');
  }
}
