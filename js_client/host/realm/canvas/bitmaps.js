/**
 * `ImageBitmap`, `createImageBitmap` and `OffscreenCanvas`: canvases and pictures without an element.
 */

import { domError } from './errors.js';
import { ImageData } from './image-data.js';
import { nativePictures } from './sources.js';

/** @typedef {import('./canvas.js').CanvasRoom} CanvasRoom */

const BITMAP_TIME = 1;

export class ImageBitmap {
  #size;

  /** @param {{width: number, height: number}} size @param {any} [native] */
  constructor(size, native) {
    if (size === undefined) throw new TypeError('Illegal constructor');
    this.#size = { width: size.width, height: size.height };
    if (native) nativePictures.set(this, native);
  }

  get width() { return this.#size.width; }
  get height() { return this.#size.height; }
  close() { this.#size = { width: 0, height: 0 }; }
  get [Symbol.toStringTag]() { return 'ImageBitmap'; }
}

/** @param {CanvasRoom} room */
export function createBitmapMaker(room) {
  const { kernel, sources } = room;

  /** @param {any} source @returns {Promise<{width: number, height: number, native: any}>} */
  const opened = async (source) => {
    if (typeof source?.arrayBuffer === 'function') {
      const picture = kernel.images.decode(new Uint8Array(await source.arrayBuffer()));
      if (!picture) throw domError('InvalidStateError', 'The source image could not be decoded.');
      return { width: picture.width, height: picture.height, native: nativePictures.get(picture) };
    }
    if (source instanceof ImageData) return { width: source.width, height: source.height, native: room.natives && pixelCanvas(room, source) };
    sources.check(source, 'createImageBitmap');
    const { width, height } = sources.pictureOf(source) ?? source;
    if (width === 0 || height === 0) throw domError('InvalidStateError', 'The image element contains no image or has no size.');
    return { width, height, native: sources.native(source) };
  };

  /** @param {any} source @param {any[]} args four numbers that cut a part out, then options; or options */
  return async function createImageBitmap(source, ...args) {
    const whole = await opened(source);
    const hasCut = typeof args[0] === 'number';
    const [x, y, width, height] = hasCut ? args : [0, 0, whole.width, whole.height];
    const options = (hasCut ? args[4] : args[0]) ?? {};
    const size = { width: options.resizeWidth ?? Math.abs(width), height: options.resizeHeight ?? Math.abs(height) };
    const bitmap = new ImageBitmap(size, room.natives && drawn(room, whole.native, [x, y, width, height], size));
    return new Promise((resolve) => { kernel.clock.later(() => resolve(bitmap), BITMAP_TIME); });
  };
}

/** A copy, which later drawing does not change. @param {CanvasRoom} room @param {any} native @param {number[]} cut @param {{width: number, height: number}} size */
function drawn({ natives }, native, [x, y, width, height], size) {
  const copy = natives.create(Math.max(1, size.width), Math.max(1, size.height));
  if (native) copy.getContext('2d').drawImage(native, x, y, width, height, 0, 0, size.width, size.height);
  return copy;
}

/** @param {CanvasRoom} room @param {ImageData} image */
function pixelCanvas({ natives }, { data, width, height }) {
  const canvas = natives.create(width, height);
  canvas.getContext('2d').putImageData(natives.imageData(data, width, height), 0, 0);
  return canvas;
}

/** @param {CanvasRoom} room */
export function createOffscreenCanvasClass(room) {
  return class OffscreenCanvas {
    #width;
    #height;

    /** @param {number} width @param {number} height */
    constructor(width, height) {
      this.#width = Math.max(0, Math.trunc(width) || 0);
      this.#height = Math.max(0, Math.trunc(height) || 0);
    }

    get width() { return this.#width; }
    set width(value) {
      this.#width = Math.max(0, Math.trunc(value) || 0);
      room.resized(this);
    }

    get height() { return this.#height; }
    set height(value) {
      this.#height = Math.max(0, Math.trunc(value) || 0);
      room.resized(this);
    }

    /** @param {string} type @param {any} [attributes] */
    getContext(type, attributes) { return room.contextOf(this, type, attributes); }

    transferToImageBitmap() {
      const size = { width: this.#width, height: this.#height };
      const bitmap = new ImageBitmap(size, room.natives && drawn(room, room.sources.native(this), [0, 0, size.width, size.height], size));
      room.contextOf(this, '2d')?.clearRect(0, 0, size.width, size.height);
      return bitmap;
    }

    /** @param {any} [options] @returns {Promise<any>} a Blob */
    async convertToBlob({ type = 'image/png', quality } = {}) {
      const encoded = room.encoded(this, type, quality);
      if (!encoded) throw domError('IndexSizeError', 'The size of the canvas is zero.');
      const { Blob } = room.kernel.scope;
      return new Blob([encoded.bytes], { type: encoded.type });
    }

    get [Symbol.toStringTag]() { return 'OffscreenCanvas'; }
  };
}
