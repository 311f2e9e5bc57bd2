/**
 * What may be drawn: owners of a canvas, bitmaps, and objects that a picture was attached to.
 *
 * Knows which picture belongs to which object; what a native picture is only the outside knows.
 */

import { domError } from './errors.js';
import { ImageData } from './image-data.js';

/** @typedef {import('./images.js').Picture} Picture */

/** The native ones of pictures and bitmaps; out of the game's reach. @type {WeakMap<object, any>} */
export const nativePictures = new WeakMap();

const KINDS = '(CSSImageValue or HTMLCanvasElement or HTMLImageElement or HTMLVideoElement or ImageBitmap or OffscreenCanvas or SVGImageElement or VideoFrame)';

/** @param {{has: (owner: any) => boolean, native: (owner: any) => any}} canvases those that have a context */
export function createSources(canvases) {
  /** @type {WeakMap<object, Picture>} */
  const pictures = new WeakMap();
  return {
    /** Lets an object be drawn as a picture; without one it is no longer. @param {any} object @param {Picture} [picture] */
    attach(object, picture) {
      if (picture) pictures.set(object, picture);
      else pictures.delete(object);
    },
    /** @param {any} object @returns {Picture|undefined} */
    pictureOf: (object) => pictures.get(object),
    /**
     * As browsers look at what they shall draw. An image that is not there yet is none of its errors.
     * @param {any} source @param {string} method
     */
    check(source, method) {
      const isObject = (typeof source === 'object' && source !== null) || typeof source === 'function';
      if (!isObject || typeof source.width !== 'number' || typeof source.height !== 'number' || source instanceof ImageData) {
        throw new TypeError(`Failed to execute '${method}' on 'CanvasRenderingContext2D': The provided value is not of type '${KINDS}'.`);
      }
      if ((source.width === 0 || source.height === 0) && canvases.has(source)) {
        throw domError('InvalidStateError', `Failed to execute '${method}' on 'CanvasRenderingContext2D': The image argument is a canvas element with a width or height of 0.`);
      }
    },
    /** What a native context draws for it; undefined where there is nothing to be seen. @param {any} source @returns {any} */
    native(source) {
      const picture = pictures.get(source);
      return nativePictures.get(picture ?? source) ?? canvases.native(source);
    },
  };
}
