/**
 * What `element.animate()` gives back: an animation that shows nothing and ends in virtual time.
 */

import { Event, trusted } from './event.js';
import { here, needsBrowser, soon } from './here.js';
import { EventTarget, dispatch, handlersOf } from './targets.js';

export class Animation extends EventTarget {
  playState = 'running';
  currentTime = 0;
  playbackRate = 1;
  id = '';
  effect = null;
  /** @type {(value: any) => void} */
  #resolve = () => {};
  /** @type {Promise<Animation>} */
  finished;
  #duration;
  /** @type {number|undefined} */
  #task;

  /** @param {number} duration virtual milliseconds; Infinity for one that never ends */
  constructor(duration) {
    super();
    this.#duration = duration;
    this.finished = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.play();
  }

  get ready() { return Promise.resolve(this); }

  play() {
    this.playState = 'running';
    here.kernel.clock.cancel(this.#task);
    if (Number.isFinite(this.#duration)) this.#task = soon(() => this.finish(), this.#duration);
  }

  pause() {
    this.playState = 'paused';
    here.kernel.clock.cancel(this.#task);
  }

  finish() {
    here.kernel.clock.cancel(this.#task);
    this.playState = 'finished';
    this.currentTime = this.#duration;
    this.#resolve(this);
    dispatch(this, trusted(new Event('finish')));
  }

  cancel() {
    here.kernel.clock.cancel(this.#task);
    this.playState = 'idle';
    dispatch(this, trusted(new Event('cancel')));
  }

  reverse() { this.play(); }
  persist() {}
  commitStyles() {}
  /** @param {number} rate */
  updatePlaybackRate(rate) { this.playbackRate = rate; }
}
handlersOf(Animation, 'finish cancel remove');

/** element.animate(keyframes, timing) @param {any} timing milliseconds, or a dictionary */
export function animate(timing) {
  needsBrowser('element.animate: what is animated does not move');
  const { duration = 0, delay = 0, endDelay = 0, iterations = 1 } = typeof timing === 'object' && timing !== null ? timing : { duration: timing };
  return new Animation((Number(delay) || 0) + (Number(duration) || 0) * iterations + (Number(endDelay) || 0));
}
