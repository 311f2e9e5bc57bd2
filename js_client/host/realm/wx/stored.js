/**
 * wx's storage, values of any JSON type by key, and the wxScores that it keeps for friends to see.
 */

import { isFunction, WxFailure } from './calls.js';
import { createWxCanvas } from './canvas.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */

/** Kilobytes, as WeChat says it. */
const STORAGE_KILOBYTES = 10240;

/** @param {WxRoom} room */
export function wxStored(room) {
  const { calls, kernel: { storage } } = room;
  /** @param {any} key */
  const read = (key) => {
    const text = storage.get(String(key));
    return text === null ? undefined : JSON.parse(text);
  };
  /** @param {any} key */
  const given = (key) => {
    const value = read(key);
    return value === undefined ? '' : value;
  };
  /** @param {any} key @param {any} value */
  const write = (key, value) => storage.set(String(key), wxStoredText(value));
  const info = () => ({ keys: storage.keys(), currentSize: storedKilobytes(storage), limitSize: STORAGE_KILOBYTES });
  return {
    setStorageSync: write,
    getStorageSync: given,
    removeStorageSync: (/** @type {any} */ key) => storage.remove(String(key)),
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: info,
    batchSetStorageSync: (/** @type {any[]} */ list) => list.forEach(({ key, value }) => write(key, value)),
    batchGetStorageSync: (/** @type {any[]} */ list) => list.map(given),
    setStorage: calls.call('setStorage', ({ key, data }) => {
      write(key, data);
      return {};
    }),
    getStorage: calls.call('getStorage', ({ key }) => {
      const data = read(key);
      if (data === undefined) throw new WxFailure('data not found');
      return { data };
    }),
    removeStorage: calls.call('removeStorage', ({ key }) => {
      storage.remove(String(key));
      return {};
    }),
    clearStorage: calls.call('clearStorage', () => {
      storage.clear();
      return {};
    }),
    getStorageInfo: calls.call('getStorageInfo', info),
    ...wxScores(room),
  };
}

/** @param {WxRoom} room */
function wxScores({ kernel, calls, families }) {
  /** @type {Map<string, string>} */
  const kept = new Map();
  /** @param {import('./calls.js').CallOptions} options */
  const list = ({ keyList = [...kept.keys()] }) => keyList.filter((/** @type {string} */ key) => kept.has(key)).map((/** @type {string} */ key) => ({ key, value: kept.get(key) }));
  /** @type {any} */
  let openData;
  families.events('Message');
  return {
    setUserCloudStorage: calls.call('setUserCloudStorage', ({ KVDataList = [] }) => {
      for (const { key, value } of KVDataList) kept.set(key, value);
      return {};
    }),
    removeUserCloudStorage: calls.call('removeUserCloudStorage', ({ keyList = [] }) => {
      for (const key of keyList) kept.delete(key);
      return {};
    }),
    getUserCloudStorage: calls.call('getUserCloudStorage', (options) => ({ KVDataList: list(options) })),
    getUserCloudStorageKeys: calls.call('getUserCloudStorageKeys', () => ({ keys: [...kept.keys()] })),
    getFriendCloudStorage: calls.call('getFriendCloudStorage', () => ({ data: [] })),
    getGroupCloudStorage: calls.call('getGroupCloudStorage', () => ({ data: [] })),
    // What the open data context would draw is not run: its canvas stays empty.
    getOpenDataContext: () => (openData ??= {
      canvas: createWxCanvas(kernel, kernel.screen.width, kernel.screen.height), postMessage: () => undefined,
    }),
    getSharedCanvas: () => undefined,
  };
}

/** @param {any} value */
function wxStoredText(value) {
  // What has no JSON reads as nothing.
  return (isFunction(value) ? undefined : JSON.stringify(value)) ?? '""';
}

/** @param {{keys: () => string[], get: (key: string) => string|null}} storage */
function storedKilobytes(storage) {
  const characters = storage.keys().reduce((sum, key) => sum + key.length + (storage.get(key)?.length ?? 0), 0);
  return Math.ceil(characters / 1024);
}
