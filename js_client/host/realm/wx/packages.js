/**
 * Parts of a package that load later: subpackages, and workers, which there are none of here.
 */

import { createListeners } from './listeners.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */

/** @param {WxRoom} room */
export function wxPackages(room) {
  const { kernel } = room;
  return {
    loadSubpackage: (/** @type {any} */ options) => loadWxSubpackage(room, options ?? {}, true),
    preDownloadSubpackage: (/** @type {any} */ options) => loadWxSubpackage(room, options ?? {}, false),
    /** @param {string} path */
    createWorker(path) {
      kernel.report.note('needs_browser', `createWorker: ${path}`);
      const nothing = () => undefined;
      return { env: {}, postMessage: nothing, onMessage: nothing, onProcessKilled: nothing, terminate: nothing };
    },
  };
}

/** @param {WxRoom} room @param {any} options @param {boolean} runs whether its code is run as well */
function loadWxSubpackage({ kernel, calls }, options, runs) {
  const listeners = createListeners(kernel);
  kernel.clock.later(() => {
    const entry = subpackageEntry(kernel, String(options.name));
    let isLoaded = entry !== undefined && !runs;
    if (entry !== undefined && runs) {
      kernel.run(() => {
        kernel.modules.require(entry, '/game.js');
        isLoaded = true;
      });
    }
    if (isLoaded) listeners.fire('ProgressUpdate', { progress: 100, totalBytesWritten: 1, totalBytesExpectedToWrite: 1 });
    tellSubpackage(kernel, calls, options, isLoaded);
  });
  return listeners.functions('ProgressUpdate');
}

/** @param {WxRoom['kernel']} kernel @param {WxRoom['calls']} calls @param {any} options @param {boolean} isLoaded */
function tellSubpackage(kernel, calls, { name, success, fail, complete }, isLoaded) {
  const result = { errMsg: isLoaded ? 'loadSubpackage:ok' : `loadSubpackage:fail no subpackage ${name}, or an error in it` };
  const told = isLoaded ? success : fail;
  for (const callback of [told, complete]) if (typeof callback === 'function') kernel.run(callback, undefined, [result]);
}

/** The path of a subpackage's entry, by its name or root in game.json. @param {WxRoom['kernel']} kernel @param {string} name */
function subpackageEntry({ files }, name) {
  const { subpackages, subPackages } = JSON.parse(files.text('/game.json') ?? '{}');
  const found = (subpackages ?? subPackages ?? []).find((/** @type {any} */ one) => one.name === name || one.root === name);
  if (!found) return undefined;
  const path = files.pathOf(`/${found.root}`);
  return path?.endsWith('.js') ? path : `${path?.replace(/\/$/, '')}/game.js`;
}
