/**
 * Makes a realm a WeChat mini-game's: `wx`, `GameGlobal`, and input through wx's listeners.
 */

import { defineAll } from '../globals.js';
import { wxInputs } from './inputs.js';
import { createWx, createWxRoom } from './wx.js';

/** What weapp-adapter sets on GameGlobal before it makes its globals. */
const ADAPTER_FLAG = '__isAdapterInjected';

/** @param {import('../kernel.js').Kernel} kernel */
export function installMiniGame(kernel) {
  const room = createWxRoom(kernel);
  const { scope } = kernel;
  wxInputs(room);
  // The simulator runs games apart from its own page, and adapters tell by the last name.
  defineAll(scope, { wx: createWx(room), GameGlobal: scope, __devtoolssubcontext: true });
  lendWindowToAdapter(scope);
}

/**
 * Older adapters expect the simulator's `window` and define everything on it. Games without an adapter must find none,
 * since on a phone there is none.
 * @param {any} scope
 */
function lendWindowToAdapter(scope) {
  Object.defineProperty(scope, ADAPTER_FLAG, {
    configurable: true,
    get: () => undefined,
    set(value) {
      defineAll(scope, { [ADAPTER_FLAG]: value });
      if (!Object.hasOwn(scope, 'window')) defineAll(scope, { window: scope });
    },
  });
}
