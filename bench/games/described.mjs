/**
 * The example games that the bench steps, as their descriptions have them or with pixels for an observation.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parse } from '../../js_client/node_modules/smol-toml/dist/index.js';

/** @param {string} game @param {boolean} pixels @returns {[string, {given: Record<string, any>}]} what loadDescribed takes */
export function described(game, pixels) {
  const path = fileURLToPath(new URL(`../../js_client/examples/${game}/stepwire.game.toml`, import.meta.url));
  const given = parse(readFileSync(path, 'utf8'));
  if (!pixels) return [path, { given }];
  return [path, { given: { ...given, screen: { ...given.screen, canvas: 'real' }, observation: { pixels: { width: 84, height: 84, grey: true } } } }];
}
