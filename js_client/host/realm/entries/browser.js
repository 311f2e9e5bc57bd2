/**
 * The realm of a browser game.
 */

import { installCanvas } from '../canvas/canvas.js';
import { installPage, loadPage } from '../dom/page.js';
import { createGame } from '../game.js';

/** @param {any} scope @param {import('../kernel.js').Natives} natives @param {import('../kernel.js').Description} description @param {number|bigint} seed */
export function createRealmGame(scope, natives, description, seed) {
  return createGame(scope, natives, description, seed, BROWSER_GAME);
}

/** @type {import('../game.js').Kind} */
const BROWSER_GAME = {
  install(kernel) {
    installCanvas(kernel);
    installPage(kernel);
  },
  load: loadPage,
};
