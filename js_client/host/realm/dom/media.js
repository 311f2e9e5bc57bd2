/**
 * <audio> and <video> that nobody hears or sees: ready in no time, and a second long in virtual time.
 */

import { DOMException } from '../web/aborting.js';
import { constants } from '../web/event.js';
import { here, soon } from '../web/here.js';
import { absoluteUrl, packagePath } from '../web/resources.js';
import { CHANGED, attribute, reflects } from './attributes.js';
import { HTMLElement, tell } from './html-element.js';
import { ARRIVED, elementsBelow } from './links.js';

/** Of every sound and film, in seconds of virtual time. */
const MEDIA_SECONDS = 1;
const PLAYABLE = /^(audio|video)\/(mpeg|mp3|ogg|wav|wave|x-wav|webm|mp4|x-m4a|aac|flac)/i;
const NOTHING_LOADED = 0;
const ALL_LOADED = 4;

export class HTMLMediaElement extends HTMLElement {
  volume = 1;
  muted = false;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  preservesPitch = true;
  /** @type {any} */
  srcObject = null;
  /** @type {any} */
  error = null;
  readyState = NOTHING_LOADED;
  ended = false;
  /** When what is playing would have begun at its start. @type {number|undefined} */
  #began;
  #position = 0;
  #ending = 0;
  /** Counts sources: what happens to an earlier one is no matter. */
  #source = 0;

  get src() {
    const src = attribute(this, 'src');
    return src === null ? '' : absoluteUrl(src);
  }

  set src(value) { this.setAttribute('src', value); }
  get currentSrc() { return this.#chosen(); }
  get paused() { return this.#began === undefined; }
  get duration() { return this.readyState === NOTHING_LOADED ? NaN : MEDIA_SECONDS; }
  get seeking() { return false; }
  get networkState() { return this.#chosen() ? 1 : 0; }
  get buffered() { return timeRanges(this.readyState === NOTHING_LOADED ? 0 : 1); }
  get played() { return timeRanges(this.#position > 0 ? 1 : 0); }
  get seekable() { return this.buffered; }
  get currentTime() {
    if (this.#began === undefined) return this.#position;
    const seconds = (here.kernel.clock.now() - this.#began) / 1000;
    return this.hasAttribute('loop') ? seconds % MEDIA_SECONDS : Math.min(seconds, MEDIA_SECONDS);
  }

  set currentTime(seconds) {
    this.#position = Math.min(MEDIA_SECONDS, Math.max(0, Number(seconds) || 0));
    this.ended = false;
    if (this.#began !== undefined) this.#begin();
    this.#later('seeking', 'seeked', 'timeupdate');
  }

  /** @param {any} type */
  canPlayType(type) { return PLAYABLE.test(type) ? 'probably' : ''; }

  load() {
    this.#halt(0);
    this.#source += 1;
    this.readyState = NOTHING_LOADED;
    const src = this.#chosen();
    if (!src) return;
    const source = this.#source;
    soon(() => {
      if (source === this.#source) this.#loaded(src);
    });
  }

  /** @returns {Promise<void>} */
  play() {
    if (this.readyState === NOTHING_LOADED && this.#source === 0) this.load();
    if (this.error) return Promise.reject(new DOMException('Failed to load because no supported source was found.', 'NotSupportedError'));
    if (this.ended) [this.#position, this.ended] = [0, false];
    if (this.#began === undefined) {
      this.#begin();
      this.#later('play', 'playing');
    }
    return new Promise((resolve) => soon(resolve));
  }

  pause() {
    if (this.#began === undefined) return;
    this.#halt(this.currentTime);
    this.#later('timeupdate', 'pause');
  }

  fastSeek(/** @type {any} */ seconds) { this.currentTime = seconds; }
  async setSinkId() {}
  captureStream() { return { getTracks: () => [], getAudioTracks: () => [], getVideoTracks: () => [] }; }
  addTextTrack() { return { mode: 'hidden', cues: [], addCue() {} }; }
  get textTracks() { return []; }

  /** @param {string} name @param {string|null} value */
  [CHANGED](name, value) {
    super[CHANGED](name, value);
    if (name === 'src') this.load();
    if (name === 'muted') this.muted = value !== null;
  }

  /** The element's own source, or the first of those within that can be played. */
  #chosen() {
    if (attribute(this, 'src') !== null) return this.src;
    const sources = elementsBelow(this, ({ localName }) => localName === 'source');
    return sources.find(({ type }) => !type || PLAYABLE.test(type))?.src ?? '';
  }

  /** @param {string} src */
  #loaded(src) {
    const path = /^(data|blob):/.test(src) ? undefined : packagePath(src);
    if (path !== undefined && !here.kernel.files.exists(path)) {
      here.kernel.report.note('missing_files', path);
      this.error = { code: 4, message: 'MEDIA_ELEMENT_ERROR: Format error' };
      return tell(this, 'error');
    }
    this.error = null;
    this.readyState = ALL_LOADED;
    for (const type of ['loadstart', 'durationchange', 'loadedmetadata', 'loadeddata', 'progress', 'canplay', 'canplaythrough']) tell(this, type);
    if (this.hasAttribute('autoplay') && this.paused) this.play();
  }

  #begin() {
    const { clock } = here.kernel;
    clock.cancel(this.#ending);
    this.#began = clock.now() - this.#position * 1000;
    this.#ending = clock.later(() => this.#end(), (MEDIA_SECONDS - this.#position) * 1000);
  }

  #end() {
    if (this.hasAttribute('loop')) return;
    this.#halt(MEDIA_SECONDS);
    this.ended = true;
    for (const type of ['timeupdate', 'pause', 'ended']) tell(this, type);
  }

  /** @param {number} position in seconds */
  #halt(position) {
    here.kernel.clock.cancel(this.#ending);
    [this.#began, this.#position] = [undefined, position];
  }

  /** @param {string[]} types of events */
  #later(...types) {
    soon(() => types.forEach((type) => tell(this, type)));
  }
}
reflects(HTMLMediaElement, { texts: 'preload crossOrigin', flags: 'loop autoplay controls defaultMuted:muted' });
constants(HTMLMediaElement, {
  NETWORK_EMPTY: 0, NETWORK_IDLE: 1, NETWORK_LOADING: 2, NETWORK_NO_SOURCE: 3,
  HAVE_NOTHING: 0, HAVE_METADATA: 1, HAVE_CURRENT_DATA: 2, HAVE_FUTURE_DATA: 3, HAVE_ENOUGH_DATA: 4,
});

/** @param {number} length none, or one that is all */
function timeRanges(length) {
  return { length, start: () => 0, end: () => MEDIA_SECONDS };
}

export class HTMLAudioElement extends HTMLMediaElement {}

export class HTMLVideoElement extends HTMLMediaElement {
  get videoWidth() { return this.readyState === NOTHING_LOADED ? 0 : Number(attribute(this, 'width')) || 300; }
  get videoHeight() { return this.readyState === NOTHING_LOADED ? 0 : Number(attribute(this, 'height')) || 150; }
  getVideoPlaybackQuality() { return { totalVideoFrames: 0, droppedVideoFrames: 0 }; }
  /** @param {Function} work */
  requestVideoFrameCallback(work) { return here.kernel.clock.frame(work); }
  /** @param {number} id */
  cancelVideoFrameCallback(id) { here.kernel.clock.cancelFrame(id); }
}
reflects(HTMLVideoElement, { texts: 'poster', flags: 'playsInline', numbers: { width: 0, height: 0 } });

export class HTMLSourceElement extends HTMLElement {
  get src() { return this.hasAttribute('src') ? absoluteUrl(attribute(this, 'src')) : ''; }
  set src(value) { this.setAttribute('src', value); }

  /** What has no source of its own begins with its first one. */
  [ARRIVED]() {
    const media = this.parentElement;
    if (media instanceof HTMLMediaElement && media.networkState === 1 && media.readyState === NOTHING_LOADED && !media.src) media.load();
  }
}
reflects(HTMLSourceElement, { texts: 'type srcset sizes media' });

export class HTMLTrackElement extends HTMLElement {}
reflects(HTMLTrackElement, { texts: 'kind src srclang label', flags: 'default' });

/** `new Audio(src)` @param {any} [src] @returns {any} */
export function Audio(src) {
  const audio = here.document.createElement('audio');
  audio.preload = 'auto';
  if (src !== undefined) audio.src = src;
  return audio;
}
