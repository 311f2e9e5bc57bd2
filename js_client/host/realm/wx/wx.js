/**
 * Puts `wx` together from its rooms, and reports the names that it lacks.
 */

import { wxAccount } from './account.js';
import { wxAds } from './ads.js';
import { wxAudio } from './audio.js';
import { createCalls } from './calls.js';
import { wxCloud } from './cloud.js';
import { wxConnections } from './connections.js';
import { wxDevice } from './device.js';
import { wxDialogs } from './dialogs.js';
import { createDisk } from './disk.js';
import { wxFileSystem } from './file-system.js';
import { wxLifecycle } from './lifecycle.js';
import { createListeners } from './listeners.js';
import { wxNetwork } from './network.js';
import { wxPackages } from './packages.js';
import { wxRare } from './rare.js';
import { wxScreen } from './screen.js';
import { wxSocial } from './social.js';
import { wxStored } from './stored.js';

/**
 * What the rooms of wx share.
 * @typedef {object} WxRoom
 * @property {import('../kernel.js').Kernel} kernel
 * @property {import('./calls.js').WxCalls} calls
 * @property {import('./listeners.js').Listeners} listeners
 * @property {import('./disk.js').Disk} disk
 */

/** @param {import('../kernel.js').Kernel} kernel @returns {WxRoom} */
export function createWxRoom(kernel) {
  return { kernel, calls: createCalls(kernel), listeners: createListeners(kernel), disk: createDisk(kernel) };
}

/** @param {WxRoom} room @param {Record<string, any>} [more] functions that only one kind of program has @returns {any} */
export function createWx(room, more = {}) {
  const wx = Object.create(reporterOfUnknown(room.kernel));
  Object.assign(wx, wxScreen(room), wxDevice(room), wxLifecycle(room), wxStored(room), wxAudio(room), wxDialogs(room), wxAccount(room));
  Object.assign(wx, wxFileSystem(room), wxNetwork(room), wxConnections(room), wxPackages(room), wxAds(room), wxCloud(room), wxSocial(room), wxRare(room));
  wx.nextTick = (/** @type {Function} */ work) => Promise.resolve().then(() => room.kernel.run(work));
  wx.canIUse = (/** @type {string} */ name) => Object.hasOwn(wx, String(name).split('.', 1)[0]);
  return Object.assign(wx, more);
}

/**
 * A prototype that notes what is looked for in vain. As a prototype it costs the known names nothing, and what the game
 * itself sets on wx is known from then on.
 * @param {import('../kernel.js').Kernel} kernel
 */
function reporterOfUnknown({ report, natives }) {
  const official = natives.wxNames && new Set(natives.wxNames);
  /** @param {string} name */
  const described = (name) => {
    if (!official) return name;
    return official.has(name) ? `${name} (official, not provided here)` : `${name} (no function of wx)`;
  };
  return new Proxy({}, {
    get(target, name, wx) {
      if (typeof name === 'string' && name !== 'then' && !(name in target)) report.note('unknown_wx', described(name));
      return Reflect.get(target, name, wx);
    },
  });
}
