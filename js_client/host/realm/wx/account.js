/**
 * The user that wx knows: one who is always logged in, has allowed everything, and buys nothing.
 */

import { wxButton } from './buttons.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */

const USER_SCOPES = ['userInfo', 'userLocation', 'userFuzzyLocation', 'record', 'camera', 'writePhotosAlbum', 'werun', 'addPhoneCalendar', 'WxFriendInteraction'];
const WECHAT_APP_ID = 'wx0000000000000000';

/** @param {WxRoom} room */
export function wxAccount(room) {
  const { kernel, calls, listeners } = room;
  const settings = () => ({
    authSetting: Object.fromEntries(USER_SCOPES.map((scope) => [`scope.${scope}`, true])), subscriptionsSetting: { mainSwitch: false },
  });
  let codes = 0;
  return {
    ...listeners.functions('NeedPrivacyAuthorization'),
    ...calls.idle('checkSession authorize requirePrivacyAuthorize openPrivacyContract requestSubscribeMessage requestSubscribeSystemMessage'),
    ...calls.failing('requestMidasPayment requestMidasPaymentGameItem requestPayment chooseImage chooseMedia scanCode getLocation '
      + 'getFuzzyLocation getPhoneNumber getWeRunData saveImageToPhotosAlbum', 'cancel', (name) => kernel.report.note('dialogs', name)),
    login: calls.call('login', () => ({ code: `code-${++codes}` })),
    getUserInfo: calls.call('getUserInfo', () => wxUserAnswer()),
    getUserProfile: calls.call('getUserProfile', () => wxUserAnswer()),
    getSetting: calls.call('getSetting', settings),
    openSetting: calls.call('openSetting', settings),
    getPrivacySetting: calls.call('getPrivacySetting', () => ({ needAuthorization: false, privacyContractName: '' })),
    getAccountInfoSync: () => ({ miniProgram: { appId: WECHAT_APP_ID, envVersion: 'release', version: '1.0.0' }, plugin: {} }),
    createUserInfoButton: (/** @type {any} */ options) => wxButton(room, options),
    createOpenSettingButton: (/** @type {any} */ options) => wxButton(room, options),
    createGameClubButton: (/** @type {any} */ options) => wxButton(room, options),
    createFeedbackButton: (/** @type {any} */ options) => wxButton(room, options),
  };
}

function wxUserAnswer() {
  const userInfo = { nickName: 'player', avatarUrl: '', gender: 0, language: 'zh_CN', country: '', province: '', city: '' };
  return { userInfo, rawData: JSON.stringify(userInfo), signature: '', encryptedData: '', iv: '', cloudID: '' };
}
