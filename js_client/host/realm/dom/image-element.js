/**
 * <img> and `new Image()`: pictures are loaded by the images of the kernel, as tasks in virtual time.
 */

import { DOMException } from '../web/aborting.js';
import { here, soon } from '../web/here.js';
import { absoluteUrl, packagePath } from '../web/resources.js';
import { CHANGED, attribute, reflects } from './attributes.js';
import { boxOf } from './boxes.js';
import { HTMLElement, tell } from './html-element.js';
import { holdLoad } from './loading.js';

export class HTMLImageElement extends HTMLElement {
  /** @type {{width: number, height: number}|undefined} */
  #picture;
  #isComplete = true;
  /** Counts sources: what an earlier one brings is of no use. */
  #source = 0;
  /** Those that wait for the picture. @type {{resolve: (value?: any) => void, reject: (error: any) => void}[]} */
  #decoding = [];

  get src() {
    const src = attribute(this, 'src');
    return src === null || src === '' ? '' : absoluteUrl(src);
  }

  set src(value) { this.setAttribute('src', value); }
  get currentSrc() { return this.src; }
  get complete() { return this.#isComplete; }
  get naturalWidth() { return this.#picture?.width ?? 0; }
  get naturalHeight() { return this.#picture?.height ?? 0; }
  get width() { return this.#side('width'); }
  set width(value) { this.setAttribute('width', String(Math.trunc(Number(value)) || 0)); }
  get height() { return this.#side('height'); }
  set height(value) { this.setAttribute('height', String(Math.trunc(Number(value)) || 0)); }
  get x() { return boxOf(this).left; }
  get y() { return boxOf(this).top; }

  /** @param {'width'|'height'} name @returns {number} */
  #side(name) {
    if (this.isConnected) return Math.round(boxOf(this)[name]);
    const said = parseInt(attribute(this, name) ?? '', 10);
    return said >= 0 ? said : this.#picture?.[name] ?? 0;
  }

  /** @returns {Promise<void>} */
  decode() {
    if (this.#picture && this.#isComplete) return new Promise((resolve) => soon(resolve));
    if (this.#isComplete) return Promise.reject(new DOMException('The source image cannot be decoded.', 'EncodingError'));
    return new Promise((resolve, reject) => this.#decoding.push({ resolve, reject }));
  }

  /** @param {string} name @param {string|null} value */
  [CHANGED](name, value) {
    super[CHANGED](name, value);
    if (name === 'src') this.#load(value);
  }

  /** @param {string|null} src */
  #load(src) {
    this.#source += 1;
    if (this.#picture) here.kernel.images.attach(this, undefined);
    this.#picture = undefined;
    this.#isComplete = src === null || src === '';
    if (this.#isComplete) return;
    const source = this.#source;
    const release = holdLoad(here.kernel);
    here.kernel.images.load(pictureName(String(src)), (/** @type {any} */ error, /** @type {any} */ picture) => {
      if (source === this.#source) this.#loaded(error, picture);
      release();
    });
  }

  /** @param {any} error @param {any} picture */
  #loaded(error, picture) {
    this.#isComplete = true;
    this.#picture = picture;
    if (!error) here.kernel.images.attach(this, picture);
    here.shapes += 1;
    const waiting = this.#decoding.splice(0);
    for (const { resolve, reject } of waiting) {
      if (error) reject(new DOMException('The source image cannot be decoded.', 'EncodingError'));
      else resolve();
    }
    tell(this, error ? 'error' : 'load');
  }
}
/** A plain path where that is enough: what is missing is then told by it. @param {string} src */
function pictureName(src) {
  const path = packagePath(src);
  return path !== undefined && /^[\w\-./]+$/.test(path) ? path : absoluteUrl(src);
}

reflects(HTMLImageElement, { texts: 'alt srcset sizes useMap crossOrigin loading decoding referrerPolicy name fetchPriority', flags: 'isMap' });
