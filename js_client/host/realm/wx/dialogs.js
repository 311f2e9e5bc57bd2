/**
 * What wx shows above a game: toasts, questions and the keyboard. Questions are answered at once, and noted.
 */

import { WxFailure } from './calls.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */

const DIALOGS_IDLE = 'showToast hideToast showLoading hideLoading hideKeyboard updateKeyboard setBackgroundTextStyle setNavigationBarTitle '
  + 'setNavigationBarColor showNavigationBarLoading hideNavigationBarLoading stopPullDownRefresh startPullDownRefresh pageScrollTo';

/** @param {WxRoom} room */
export function wxDialogs({ kernel, calls, listeners, families }) {
  /** @param {string} name @param {unknown} [text] */
  const note = (name, text = '') => kernel.report.note('dialogs', `${name}${text ? `: ${text}` : ''}`);
  families.events('KeyboardInput KeyboardConfirm KeyboardComplete KeyboardHeightChange');
  families.idle(DIALOGS_IDLE);
  return {
    showModal: calls.call('showModal', ({ title, content, editable }) => {
      note('showModal', [title, content].filter(Boolean).join(' '));
      return { confirm: true, cancel: false, content: editable ? String(content ?? '') : null };
    }),
    showActionSheet: calls.call('showActionSheet', ({ itemList }) => {
      if (!Array.isArray(itemList) || itemList.length === 0) throw new WxFailure('parameter error: itemList');
      note('showActionSheet', itemList.join(', '));
      return { tapIndex: 0 };
    }),
    showKeyboard: calls.call('showKeyboard', ({ defaultValue = '' }) => {
      note('showKeyboard');
      // Confirmed as it stands, so that a game that waits for a name goes on.
      listeners.fireLater('KeyboardConfirm', { value: String(defaultValue) });
      listeners.fireLater('KeyboardComplete', { value: String(defaultValue) });
      return {};
    }),
  };
}
