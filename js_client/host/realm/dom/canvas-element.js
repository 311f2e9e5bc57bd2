/**
 * <canvas>: its size, and what the canvas room makes of it.
 */

import { Blob } from '../web/blobs.js';
import { here, soon } from '../web/here.js';
import { CHANGED, setAttributeOf } from './attributes.js';
import { HTMLElement } from './html-element.js';

const STANDARD = { width: 300, height: 150 };

export class HTMLCanvasElement extends HTMLElement {
  #width = STANDARD.width;
  #height = STANDARD.height;

  get width() { return this.#width; }
  set width(value) { setAttributeOf(this, 'width', String(side(value, 'width'))); }
  get height() { return this.#height; }
  set height(value) { setAttributeOf(this, 'height', String(side(value, 'height'))); }

  /** @param {string} name @param {string|null} value */
  [CHANGED](name, value) {
    super[CHANGED](name, value);
    if (name !== 'width' && name !== 'height') return;
    const length = parseInt(value ?? '', 10);
    const pixels = length >= 0 ? length : STANDARD[name];
    if (name === 'width') this.#width = pixels;
    else this.#height = pixels;
    here.kernel.canvas.resized(this);
  }

  /** @param {any} type @param {any} [attributes] */
  getContext(type, attributes) { return here.kernel.canvas.contextOf(this, String(type), attributes); }
  /** @param {any} [type] @param {any} [quality] */
  toDataURL(type, quality) { return here.kernel.canvas.dataURL(this, type, quality); }

  /** @param {Function} done @param {any} [type] @param {any} [quality] */
  toBlob(done, type, quality) {
    const encoded = here.kernel.canvas.encoded(this, type, quality);
    const blob = encoded && new Blob([encoded.bytes], { type: encoded.type });
    soon(() => here.kernel.run(done, undefined, [blob]));
  }

  captureStream() { return { getTracks: () => [], getVideoTracks: () => [], getAudioTracks: () => [], addTrack() {} }; }
  transferControlToOffscreen() { return this; }
}

/** As browsers read it: what is below nothing is the standard. @param {any} value @param {'width'|'height'} name */
function side(value, name) {
  const length = Math.trunc(Number(value)) | 0;
  return length < 0 ? STANDARD[name] : length;
}
