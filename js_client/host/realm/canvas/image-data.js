/**
 * `ImageData`: pixels that a game may read and write.
 */

import { domError } from './errors.js';

export class ImageData {
  /** @param {any} first the width, or the pixels @param {any} second the height, or the width @param {any} [third] the height */
  constructor(first, second, third) {
    const isGiven = typeof first === 'object';
    const [width, height] = isGiven ? sizeOfGiven(first, second, third) : [Math.trunc(first), Math.trunc(second)];
    if (!(width > 0) || !(height > 0)) throw domError('IndexSizeError', `The source ${width > 0 ? 'height' : 'width'} is zero or not a number.`);
    this.data = isGiven ? first : new Uint8ClampedArray(4 * width * height);
    this.width = width;
    this.height = height;
    this.colorSpace = 'srgb';
  }

  get [Symbol.toStringTag]() {
    return 'ImageData';
  }
}

/** @param {any} data @param {number} width @param {number} [height] @returns {[number, number]} */
function sizeOfGiven(data, width, height = data.length / 4 / width) {
  if (data.length % 4 !== 0) throw domError('InvalidStateError', 'The input data length is not a multiple of 4.');
  if (data.length !== 4 * width * height || !Number.isInteger(height)) throw domError('IndexSizeError', 'The input data length is not equal to (4 * width * height).');
  return [width, height];
}
