/**
 * Sound that nobody hears and games wait for: every sound is ready in no time and lasts a second.
 */

import { createListeners } from './listeners.js';
import { silentAudio } from './web-audio.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */

/** Of every sound, in seconds of virtual time. */
const SOUND_SECONDS = 1;
const SOUND_EVENTS = 'Canplay Play Pause Stop Ended TimeUpdate Error Waiting Seeking Seeked';

/** @param {WxRoom} room */
export function wxAudio({ kernel, calls, families }) {
  families.idle('setInnerAudioOption');
  return {
    createInnerAudioContext: () => soundPlayer(kernel),
    createWebAudioContext: () => silentAudio(kernel),
    createMediaAudioPlayer: () => soundPlayer(kernel),
    getAvailableAudioSources: calls.call('getAvailableAudioSources', () => ({ audioSources: ['auto'] })),
  };
}

/** @param {WxRoom['kernel']} kernel */
function soundPlayer(kernel) {
  const listeners = createListeners(kernel);
  const { clock } = kernel;
  let src = '';
  /** When what is playing would have begun at its start. @type {number|undefined} */
  let began;
  let position = 0;
  let ending = 0;
  /** @returns {number} */
  const current = () => {
    const seconds = began === undefined ? position : (clock.now() - began) / 1000;
    return player.loop ? seconds % SOUND_SECONDS : Math.min(seconds, SOUND_SECONDS);
  };
  /** @param {number} at in seconds */
  const begin = (at) => {
    clock.cancel(ending);
    began = clock.now() - at * 1000;
    ending = player.loop ? 0 : clock.later(end, (SOUND_SECONDS - at) * 1000);
  };
  /** @param {number} at in seconds */
  const halt = (at) => {
    clock.cancel(ending);
    [began, position] = [undefined, at];
  };
  const end = () => {
    // The game may have made it a loop meanwhile.
    if (player.loop) return;
    halt(0);
    listeners.fire('Ended');
  };
  const load = () => {
    const path = src && kernel.files.pathOf(src);
    if (path && !kernel.files.exists(path)) {
      kernel.report.note('missing_files', src);
      return listeners.fireLater('Error', { errCode: 10003, errMsg: `no such file: ${src}` });
    }
    listeners.fireLater('Canplay');
    if (player.autoplay) player.play();
  };
  /** @type {any} */
  const player = {
    ...listeners.functions(SOUND_EVENTS),
    autoplay: false, loop: false, volume: 1, startTime: 0, playbackRate: 1, obeyMuteSwitch: true, referrerPolicy: 'no-referrer', buffered: 0,
    get src() { return src; },
    set src(value) {
      halt(0);
      src = String(value ?? '');
      if (src) load();
    },
    get paused() { return began === undefined; },
    get currentTime() { return current(); },
    get duration() { return src ? SOUND_SECONDS : 0; },
    play() {
      if (began !== undefined) return;
      begin(position || Math.min(player.startTime, SOUND_SECONDS));
      listeners.fireLater('Play');
    },
    pause() {
      if (began === undefined) return;
      halt(current());
      listeners.fireLater('Pause');
    },
    stop() {
      const isPlaying = began !== undefined || position > 0;
      halt(0);
      if (isPlaying) listeners.fireLater('Stop');
    },
    /** @param {number} at in seconds */
    seek(at) {
      const to = Math.min(Math.max(0, Number(at) || 0), SOUND_SECONDS);
      if (began === undefined) position = to;
      else begin(to);
      listeners.fireLater('Seeking');
      listeners.fireLater('Seeked');
    },
    destroy: () => halt(0),
  };
  return player;
}
