/**
 * The realm of a plain Node program.
 */

import { loadEntry } from '../entry.js';
import { createGame } from '../game.js';
import { installNode } from '../node.js';

/** @param {any} scope @param {import('../kernel.js').Natives} natives @param {import('../kernel.js').Description} description @param {number|bigint} seed */
export function createRealmGame(scope, natives, description, seed) {
  return createGame(scope, natives, description, seed, NODE_GAME);
}

/** @type {import('../game.js').Kind} */
export const NODE_GAME = { install: installNode, load: loadEntry };
