/**
 * A game's coming and going as wx tells it: launch, show, hide, errors, updates, and the wish to leave.
 */

/** @typedef {import('./wx.js').WxRoom} WxRoom */

/** Opened from the list of recently used games. */
const LAUNCH_SCENE = 1001;

const LIFECYCLE_EVENTS = 'Show AppShow Error Hide UnhandledRejection AudioInterruptionBegin AudioInterruptionEnd MemoryWarning WindowResize '
  + 'WindowStateChange NetworkStatusChange NetworkWeakChange UserCaptureScreen ThemeChange LazyLoadError PageNotFound AppHide';

/** @param {WxRoom} room */
export function wxLifecycle({ kernel, calls, listeners, families }) {
  kernel.onError((error) => listeners.fire('Error', { message: String(error?.message ?? error), stack: String(error?.stack ?? '') }));
  kernel.clock.later(() => {
    listeners.fire('Show', wxLaunchOptions());
    listeners.fire('AppShow', wxLaunchOptions());
  });
  /** @param {string} name */
  const leave = (name) => calls.call(name, () => {
    kernel.report.error(new Error(`the game called ${name}`));
    return {};
  });
  families.events(LIFECYCLE_EVENTS);
  return {
    getLaunchOptionsSync: wxLaunchOptions,
    getEnterOptionsSync: wxLaunchOptions,
    getUpdateManager: updateManager,
    exitMiniProgram: leave('exitMiniProgram'),
    restartMiniProgram: leave('restartMiniProgram'),
  };
}

export function wxLaunchOptions() {
  return { scene: LAUNCH_SCENE, path: '', query: {}, shareTicket: undefined, referrerInfo: {}, apiCategory: 'default' };
}

/** No update ever comes. */
function updateManager() {
  const nothing = () => undefined;
  return { onCheckForUpdate: nothing, onUpdateReady: nothing, onUpdateFailed: nothing, applyUpdate: nothing };
}
