/**
 * Advertisements: none is shown, and a rewarded one counts as seen to its end.
 */

import { createListeners } from './listeners.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */

/** @param {WxRoom} room */
export function wxAds({ kernel }) {
  /** @param {any} options */
  const ad = (options) => advertisement(kernel, options ?? {}, undefined);
  return {
    createRewardedVideoAd: (/** @type {any} */ options) => advertisement(kernel, options ?? {}, { isEnded: true }),
    createInterstitialAd: (/** @type {any} */ options) => advertisement(kernel, options ?? {}, {}),
    createBannerAd: ad,
    createCustomAd: ad,
    createGridAd: ad,
    getShowSplashAdStatus: () => ({ status: 'fail', code: 'closed' }),
    getDirectAdStatusSync: () => ({ isInDirectGameAd: false }),
  };
}

/** @param {WxRoom['kernel']} kernel @param {any} options @param {any} closing what onClose tells after show; undefined: it stays */
function advertisement(kernel, { style = {}, adUnitId = '' }, closing) {
  const listeners = createListeners(kernel);
  /** @param {() => void} [then] */
  const soon = (then) => new Promise((resolve) => kernel.clock.later(() => {
    resolve({ errMsg: 'ok' });
    then?.();
  }));
  let isShown = false;
  listeners.fireLater('Load', {});
  return {
    ...listeners.functions('Load Error Close Resize Hide'),
    adUnitId, style: { ...style, realWidth: style.width ?? 300, realHeight: style.height ?? 100 },
    load: () => soon(() => listeners.fire('Load', {})),
    show() {
      isShown = closing === undefined;
      return soon(() => closing && listeners.fireLater('Close', closing));
    },
    hide() {
      isShown = false;
      return soon();
    },
    isShow: () => isShown,
    destroy: () => undefined,
  };
}
