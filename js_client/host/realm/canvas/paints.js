/**
 * `CanvasGradient` and `CanvasPattern`: what may be a fill or a stroke style beside colours.
 */

import { canvasColor } from './colors.js';
import { domError } from './errors.js';
import { matrixNumbers } from './geometry.js';

/** The native ones that real canvases paint with; out of the game's reach. @type {WeakMap<object, any>} */
export const nativePaints = new WeakMap();

export class CanvasGradient {
  /** @param {any} offset @param {any} color */
  addColorStop(offset, color) {
    const place = Number(offset);
    if (!Number.isFinite(place)) throw new TypeError("Failed to execute 'addColorStop' on 'CanvasGradient': The provided double value is non-finite.");
    if (place < 0 || place > 1) throw domError('IndexSizeError', `The offset (${place}) is outside the range (0.0, 1.0).`);
    const known = canvasColor(String(color));
    if (known === null) throw domError('SyntaxError', `The value provided ('${color}') could not be parsed as a color.`);
    nativePaints.get(this)?.addColorStop(place, known);
  }

  get [Symbol.toStringTag]() {
    return 'CanvasGradient';
  }
}

export class CanvasPattern {
  /** @param {any} [matrix] */
  setTransform(matrix) {
    const [a, b, c, d, e, f] = matrixNumbers(matrix);
    nativePaints.get(this)?.setTransform({ a, b, c, d, e, f });
  }

  get [Symbol.toStringTag]() {
    return 'CanvasPattern';
  }
}

/** @param {any} repetition @returns {string} */
export function repetitionOf(repetition) {
  const name = repetition === null || repetition === '' ? 'repeat' : String(repetition);
  if (['repeat', 'repeat-x', 'repeat-y', 'no-repeat'].includes(name)) return name;
  throw domError('SyntaxError', `The provided type ('${name}') is not one of 'repeat', 'no-repeat', 'repeat-x', or 'repeat-y'.`);
}
