/**
 * FontFace and document.fonts: every font is there at once, and none is drawn.
 */

import { EventTarget, handlersOf } from './targets.js';
import { later } from './blobs.js';

export class FontFace {
  status = 'unloaded';
  style = 'normal';
  weight = 'normal';
  stretch = 'normal';
  unicodeRange = 'U+0-10FFFF';
  display = 'auto';
  #loaded = Promise.resolve(this);

  /** @param {any} family @param {any} [_source] @param {any} [descriptors] */
  constructor(family, _source, descriptors = {}) {
    this.family = String(family);
    Object.assign(this, descriptors);
  }

  get loaded() { return this.#loaded; }

  load() {
    this.status = 'loading';
    return later(() => {
      this.status = 'loaded';
      return this;
    });
  }
}

export class FontFaceSet extends EventTarget {
  /** @type {Set<FontFace>} */
  #faces = new Set();
  status = 'loaded';
  ready = Promise.resolve(this);

  get size() { return this.#faces.size; }
  /** @param {FontFace} face */
  add(face) {
    this.#faces.add(face);
    return this;
  }

  /** @param {FontFace} face */
  delete(face) { return this.#faces.delete(face); }
  /** @param {FontFace} face */
  has(face) { return this.#faces.has(face); }
  clear() { this.#faces.clear(); }
  check() { return true; }
  load() { return later(() => [...this.#faces]); }
  /** @param {Function} work @param {any} [self] */
  forEach(work, self) { this.#faces.forEach((face) => Reflect.apply(work, self, [face, face, this])); }
  [Symbol.iterator]() { return this.#faces.values(); }
  values() { return this.#faces.values(); }
}
handlersOf(FontFaceSet, 'loading loadingdone loadingerror');
