/**
 * AudioContext and OfflineAudioContext, with a silent audio behind them.
 */

import { silentAudio } from '../wx/web-audio.js';
import { later } from './blobs.js';
import { here } from './here.js';
import { EventTarget } from './targets.js';

export class AudioNode {
  /** Nodes are plain objects that have the parts of all kinds. @param {any} value */
  static [Symbol.hasInstance](value) { return typeof value?.connect === 'function' && typeof value.disconnect === 'function'; }
}

export class AudioContext extends EventTarget {
  constructor() {
    super();
    const silent = silentAudio(here.kernel);
    // What the class itself answers stays the class's.
    const { addEventListener: _add, removeEventListener: _remove, ...parts } = Object.getOwnPropertyDescriptors(silent);
    Object.defineProperties(this, parts);
  }

  get baseLatency() { return 0.01; }
  get outputLatency() { return 0; }
}

export class OfflineAudioContext extends AudioContext {
  /** @type {number} */
  #length;
  /** @type {number} */
  #rate;

  /** @param {any} [channels] @param {number} [length] @param {number} [rate] */
  constructor(channels = 1, length = 1, rate = 44100) {
    super();
    this.#length = length;
    this.#rate = rate;
    if (typeof channels === 'object') [this.#length, this.#rate] = [channels.length, channels.sampleRate];
  }

  startRendering() {
    return later(() => /** @type {any} */ (this).createBuffer(1, this.#length, this.#rate));
  }
}
