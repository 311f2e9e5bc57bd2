/**
 * Packages that the host can do without, where they are installed: beside the game's folder, beside this package, or
 * where `stepwire host --setup` puts them.
 */

import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { CannotStart } from './arguments.js';

/** The folder of this user's own: that of STEPWIRE_NODE_MODULES, else one in the cache. @returns {string} */
export function ownPackages({ STEPWIRE_NODE_MODULES, XDG_CACHE_HOME } = process.env) {
  return STEPWIRE_NODE_MODULES || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'stepwire', 'node_modules');
}

/** Where packages may lie, in the order in which to look. @param {string} [folder] of the game @returns {string[]} */
export function packageFolders(folder) {
  const beside = fileURLToPath(new URL('../node_modules', import.meta.url));
  return [ownPackages(), beside, ...(folder ? [join(folder, 'node_modules')] : [])];
}

/**
 * A package.
 * @param {string} name
 * @param {string} purpose for the message where it is missing, as in "to drive Chromium"
 * @param {string} [folder] of the game
 * @returns {Promise<any>}
 * @throws {CannotStart} it is nowhere
 */
export async function optional(name, purpose, folder) {
  for (const place of packageFolders(folder)) {
    const path = found(name, place);
    if (path === undefined) continue;
    const module = await import(pathToFileURL(path).href);
    return module.default ?? module;
  }
  throw new CannotStart(`npm's ${name} is needed ${purpose}: install it with \`stepwire host --setup\``);
}

/** @param {string} name @param {string} folder node_modules */
function found(name, folder) {
  try {
    return createRequire(join(folder, '..', 'x.js')).resolve(name);
  } catch {
    return undefined;
  }
}
