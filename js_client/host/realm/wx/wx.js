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
import { createFamilies } from './families.js';
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
 * @property {import('./families.js').Families} families functions that are made when they are looked for
 * @property {import('./disk.js').Disk} disk
 */

/** @param {import('../kernel.js').Kernel} kernel @returns {WxRoom} */
export function createWxRoom(kernel) {
  const [calls, listeners] = [createCalls(kernel), createListeners(kernel)];
  return { kernel, calls, listeners, families: createFamilies(calls, listeners), disk: createDisk(kernel) };
}

/** @param {WxRoom} room @param {Record<string, any>} [more] functions that only one kind of program has @returns {any} */
export function createWx(room, more = {}) {
  /** @type {Record<string, any>} */
  const own = {
    ...wxScreen(room), ...wxDevice(room), ...wxLifecycle(room), ...wxStored(room), ...wxAudio(room), ...wxDialogs(room),
    ...wxAccount(room), ...wxFileSystem(room), ...wxNetwork(room), ...wxConnections(room), ...wxPackages(room), ...wxAds(room),
    ...wxCloud(room), ...wxSocial(room), ...wxRare(room), ...more,
    nextTick: (/** @type {Function} */ work) => Promise.resolve().then(() => room.kernel.run(work)),
    canIUse: (/** @type {string} */ name) => Object.hasOwn(wx, String(name).split('.', 1)[0]),
  };
  const wx = completed(own, room.families, unknownNames(room.kernel));
  return wx;
}

/**
 * The object that the game sees: what is looked for in vain is made if a family has it, else noted. What the game itself
 * sets is known from then on.
 * @param {Record<string, any>} own @param {import('./families.js').Families} families @param {(name: string) => void} note
 */
function completed(own, families, note) {
  /** @param {string|symbol} name @returns {boolean} whether it is there now */
  const made = (name) => {
    if (typeof name !== 'string' || name in own) return name in own;
    const work = families.find(name);
    if (work) own[name] = work;
    return work !== undefined;
  };
  return new Proxy(own, {
    get(_, name) {
      if (!made(name) && typeof name === 'string' && name !== 'then') note(name);
      return own[/** @type {string} */ (name)];
    },
    has: (_, name) => made(name),
    getOwnPropertyDescriptor: (_, name) => (made(name) ? Reflect.getOwnPropertyDescriptor(own, name) : undefined),
    ownKeys() {
      families.names().forEach(made);
      return Reflect.ownKeys(own);
    },
  });
}

/** @param {import('../kernel.js').Kernel} kernel @returns {(name: string) => void} */
function unknownNames({ report, natives: { wxNames } }) {
  if (!wxNames) return (name) => report.note('unknown_wx', name);
  return (name) => report.note('unknown_wx', `${name} (${wxNames.includes(name) ? 'official, not provided here' : 'no function of wx'})`);
}
