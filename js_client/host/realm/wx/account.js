/**
 * The user that wx knows: one who is always logged in, has allowed everything, and buys nothing.
 */

import { wxButton } from './buttons.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */

const USER_SCOPES = ['userInfo', 'userLocation', 'userFuzzyLocation', 'record', 'camera', 'writePhotosAlbum', 'werun', 'addPhoneCalendar', 'WxFriendInteraction'];
/** What a person would have to answer. */
const ASKING = 'requestMidasPayment requestMidasPaymentGameItem requestPayment chooseImage chooseMedia scanCode getLocation '
  + 'getFuzzyLocation getPhoneNumber getWeRunData saveImageToPhotosAlbum';
const BUTTONS = 'createUserInfoButton createOpenSettingButton createGameClubButton createFeedbackButton createGameRecorderShareButton';
const WECHAT_APP_ID = 'wx0000000000000000';

/** @param {WxRoom} room */
export function wxAccount(room) {
  const { kernel, calls, families } = room;
  const settings = () => ({
    authSetting: Object.fromEntries(USER_SCOPES.map((scope) => [`scope.${scope}`, true])), subscriptionsSetting: { mainSwitch: false },
  });
  let codes = 0;
  families.events('NeedPrivacyAuthorization');
  families.idle('checkSession authorize requirePrivacyAuthorize openPrivacyContract requestSubscribeMessage requestSubscribeSystemMessage');
  families.failing(ASKING, 'cancel', (name) => kernel.report.note('dialogs', name));
  families.add(BUTTONS, () => (/** @type {any} */ options) => wxButton(room, options));
  return {
    login: calls.call('login', () => ({ code: `code-${++codes}` })),
    getUserInfo: calls.call('getUserInfo', () => wxUserAnswer()),
    getUserProfile: calls.call('getUserProfile', () => wxUserAnswer()),
    getSetting: calls.call('getSetting', settings),
    openSetting: calls.call('openSetting', settings),
    getPrivacySetting: calls.call('getPrivacySetting', () => ({ needAuthorization: false, privacyContractName: '' })),
    getAccountInfoSync: () => ({ miniProgram: { appId: WECHAT_APP_ID, envVersion: 'release', version: '1.0.0' }, plugin: {} }),
  };
}

function wxUserAnswer() {
  const userInfo = { nickName: 'player', avatarUrl: '', gender: 0, language: 'zh_CN', country: '', province: '', city: '' };
  return { userInfo, rawData: JSON.stringify(userInfo), signature: '', encryptedData: '', iv: '', cloudID: '' };
}
