/**
 * The realm of a WeChat mini-game, or of a mini-program that holds a game.
 */

import { installCanvas } from '../canvas/canvas.js';
import { loadEntry } from '../entry.js';
import { createGame } from '../game.js';
import { installMiniGame } from '../wx/mini-game.js';
import { installMiniProgram, loadMiniProgram } from '../wx/mini-program.js';

/** @param {any} scope @param {import('../kernel.js').Natives} natives @param {import('../kernel.js').Description} description @param {number|bigint} seed */
export function createRealmGame(scope, natives, description, seed) {
  return createGame(scope, natives, description, seed, WECHAT_GAME);
}

/** @type {import('../game.js').Kind} */
export const WECHAT_GAME = {
  install(kernel) {
    installCanvas(kernel);
    if (isMiniProgram(kernel)) installMiniProgram(kernel);
    else installMiniGame(kernel);
  },
  load(kernel) {
    if (isMiniProgram(kernel)) loadMiniProgram(kernel);
    else loadEntry(kernel);
  },
};

/** @param {import('../kernel.js').Kernel} kernel */
function isMiniProgram({ files }) {
  return files.exists('/app.json') && !files.exists('/game.json');
}
