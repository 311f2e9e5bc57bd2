/**
 * What wx offers towards others: sharing, other mini-programs, statistics, logs. All of it is accepted, none goes anywhere.
 */

/** @typedef {import('./wx.js').WxRoom} WxRoom */

const SOCIAL_IDLE = 'showShareMenu hideShareMenu updateShareMenu showShareImageMenu shareAppMessageToGroup shareImageToGroup shareEmojiToGroup '
  + 'shareTextToGroup shareVideoToGroup authPrivateMessage addCard openCard openCustomerServiceConversation openCustomerServiceChat '
  + 'openChannelsActivity openChannelsLive openChannelsEvent openChannelsUserProfile reserveChannelsLive previewImage previewMedia '
  + 'setHandoffQuery updateWeChatApp requestSubscribeWhatsNew openPage setMessageToFriendQuery modifyFriendInteractiveStorage';
const LEAVING = 'navigateToMiniProgram navigateBackMiniProgram openEmbeddedMiniProgram';
const SAID_INTO_THE_VOID = 'shareAppMessage shareMessageToFriend reportAnalytics reportEvent reportMonitor reportPerformance reportUserBehaviorBranchAnalytics';
const LOG_LEVELS = 'debug info log warn error setFilterMsg addFilterMsg in tag';
const SOCIAL_EVENTS = 'ShareAppMessage ShareTimeline AddToFavorites CopyUrl Handoff ShareMessageToFriend InteractiveStorageModified '
  + 'OfficialComponentsInfoChange';

/** @param {WxRoom} room */
export function wxSocial({ kernel, calls, families }) {
  const nothing = () => undefined;
  families.events(SOCIAL_EVENTS);
  families.idle(SOCIAL_IDLE);
  families.failing(LEAVING, 'cancel', (name) => kernel.report.note('dialogs', name));
  families.add(SAID_INTO_THE_VOID, () => nothing);
  return {
    getShareInfo: calls.call('getShareInfo', () => ({ encryptedData: '', iv: '', cloudID: '' })),
    reportScene: calls.call('reportScene', () => ({ data: {} })),
    getExptInfoSync: () => ({}),
    getGameExptInfo: calls.call('getGameExptInfo', () => ({ list: [] })),
    getExtConfig: calls.call('getExtConfig', () => ({ extConfig: {} })),
    getExtConfigSync: () => ({}),
    getLogManager: silentWxLog,
    getRealtimeLogManager: silentWxLog,
    getGameLogManager: silentWxLog,
    checkIsAddedToMyMiniProgram: calls.call('checkIsAddedToMyMiniProgram', () => ({ added: false })),
  };
}

function silentWxLog() {
  /** @type {Record<string, any>} */
  const log = {};
  for (const level of LOG_LEVELS.split(' ')) log[level] = () => log;
  return log;
}
