/**
 * A canvas as `wx.createCanvas` gives it: an owner for the canvas room, with everything of its own, so that adapters may
 * put prototypes of their own behind it.
 */

import { WxFailure } from './calls.js';

/** @typedef {import('../kernel.js').Kernel} Kernel */

/** Adapters replace what is behind this class's prototype, so it is none that others share. */
class WxCanvasBase {}
class WxCanvas extends WxCanvasBase {}

/**
 * @param {Kernel} kernel @param {number} width @param {number} height
 * @returns {any} with width, height, getContext, toDataURL, toTempFilePath, toTempFilePathSync
 */
export function createWxCanvas(kernel, width, height) {
  const size = { width, height };
  const canvas = new WxCanvas();
  /** @param {'width'|'height'} side */
  const sized = (side) => ({
    configurable: true,
    enumerable: true,
    get: () => size[side],
    set(/** @type {any} */ value) {
      size[side] = Math.max(0, Math.trunc(Number(value)) || 0);
      kernel.canvas.resized(canvas);
    },
  });
  Object.defineProperties(canvas, { width: sized('width'), height: sized('height') });
  return Object.assign(canvas, {
    getContext: (/** @type {string} */ type, /** @type {any} */ attributes) => kernel.canvas.contextOf(canvas, type, attributes),
    toDataURL: (/** @type {string} */ type) => kernel.canvas.dataURL(canvas, type),
  });
}

/**
 * The part of it that needs a file system and callbacks.
 * @param {any} canvas @param {import('./calls.js').WxCalls} calls
 * @param {(url: string, ending: string) => string} keep stores what a data URL holds; gives the path
 */
export function addTempFiles(canvas, calls, keep) {
  /** @param {any} options */
  const pathFor = ({ fileType } = /** @type {any} */ ({})) => {
    const ending = fileType === 'jpg' ? 'jpg' : 'png';
    return keep(canvas.toDataURL(ending === 'jpg' ? 'image/jpeg' : 'image/png'), ending);
  };
  canvas.toTempFilePathSync = pathFor;
  canvas.toTempFilePath = calls.call('toTempFilePath', (/** @type {any} */ options) => {
    if (canvas.width * canvas.height === 0) throw new WxFailure('the canvas is empty');
    return { tempFilePath: pathFor(options) };
  });
  return canvas;
}
