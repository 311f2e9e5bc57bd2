/**
 * Parts of wx that few games use and that nothing here stands behind: they are accepted or refused, and noted.
 */

import { bytesInEncoding, textInEncoding } from './encodings.js';
import { createListeners } from './listeners.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */

const RARE_IDLE = 'openAppAuthorizeSetting openSystemBluetoothSetting startHandoff setBackgroundFetchToken';
const REFUSED = 'chooseMessageFile compressImage initFaceDetect faceDetect stopFaceDetect createInferenceSession getBackgroundFetchData getBackgroundFetchToken '
  + 'getGroupEnterInfo getGroupInfo getGroupMembersInfo selectGroupMembers getUserInteractiveStorage getGameClubData getPotentialFriendList '
  + 'getChannelsLiveInfo requestMidasFriendPayment openBluetoothAdapter closeBluetoothAdapter startBeaconDiscovery stopBeaconDiscovery '
  + 'joinVoIPChat getInferenceEnvInfo checkHandoffEnabled getFriendSendGiftStatus';
const RARE_EVENTS = 'GamepadConnected GamepadDisconnected BackgroundFetchData DirectAdStatusChange BluetoothAdapterStateChange';
const VIDEO_EVENTS = 'Play Pause Ended TimeUpdate Error Waiting Progress';
const RECORDER_EVENTS = 'Start Stop Pause Resume Abort Error TimeUpdate FrameRecorded';
/** Milliseconds that every video lasts. */
const VIDEO_LENGTH = 1000;

/** @param {WxRoom} room */
export function wxRare({ kernel, families }) {
  /** @param {string} name */
  const note = (name) => kernel.report.note('needs_browser', name);
  families.events(RARE_EVENTS);
  families.idle(RARE_IDLE);
  families.failing(REFUSED, 'not supported', note);
  return {
    getGamepads: () => [],
    checkIsSupportMidasPayment: () => false,
    createVideo: (/** @type {any} */ options) => unseenVideo(kernel, options ?? {}, note),
    getGameRecorder: () => idleRecorder(kernel, note, 'getGameRecorder'),
    getRecorderManager: () => idleRecorder(kernel, note, 'getRecorderManager'),
    encode: (/** @type {any} */ { data, format = 'utf8' }) => bytesInEncoding(String(data), format)?.buffer,
    decode: (/** @type {any} */ { data, format = 'utf8' }) => textInEncoding(new Uint8Array(data), format),
  };
}

/** Nobody sees it; games wait for its end. @param {WxRoom['kernel']} kernel @param {any} options @param {(name: string) => void} note */
function unseenVideo(kernel, options, note) {
  note(`createVideo: ${options.src ?? ''}`);
  const listeners = createListeners(kernel);
  const settled = () => Promise.resolve({ errMsg: 'ok' });
  let ending = 0;
  /** @type {any} */
  const video = {
    ...options, ...listeners.functions(VIDEO_EVENTS),
    play() {
      kernel.clock.cancel(ending);
      listeners.fireLater('Play');
      ending = kernel.clock.later(() => (video.loop ? undefined : listeners.fire('Ended')), VIDEO_LENGTH);
      return settled();
    },
    pause: () => video.stop(),
    stop() {
      kernel.clock.cancel(ending);
      return settled();
    },
    seek: settled, requestFullScreen: settled, exitFullScreen: settled,
    destroy: () => kernel.clock.cancel(ending),
  };
  if (options.autoplay) video.play();
  return video;
}

/** @param {WxRoom['kernel']} kernel @param {(name: string) => void} note @param {string} name */
function idleRecorder(kernel, note, name) {
  note(name);
  const nothing = () => undefined;
  const events = createListeners(kernel);
  return {
    ...events.functions(RECORDER_EVENTS), on: nothing, off: nothing, start: nothing, stop: nothing, pause: nothing, resume: nothing, abort: nothing,
    isFrameSupported: () => false, isSoundSupported: () => false, isVolumeSupported: () => false,
  };
}
