/**
 * The official names of wx's functions, where npm's minigame-api-typings is installed: by them a name that the host lacks
 * is told from one that a game has made up.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPINGS = join('minigame-api-typings', 'types', 'wx', 'lib.wx.api.d.ts');
const COMMENTS = /\/\*[\s\S]*?\*\/|\/\/.*/g;
/** The members of `interface Wx`, which are indented by eight. */
const INTERFACE = /^ {4}interface Wx \{$([\s\S]*?)^ {4}\}$/m;
const MEMBER = /^ {8}([a-zA-Z]\w*)\??[(<:]/gm;

/**
 * @param {string[]} [folders] node_modules, in the order in which to look; the usual ones when left out
 * @returns {string[]|undefined} undefined where the package is in none of them, or has another form
 */
export function officialWxNames(folders = usualFolders()) {
  const text = folders.map((folder) => textAt(join(folder, TYPINGS))).find((found) => found !== undefined);
  const names = text === undefined ? undefined : wxNamesIn(text);
  return names?.length ? names : undefined;
}

/** @param {string} typings @returns {string[]} */
export function wxNamesIn(typings) {
  const [, members = ''] = INTERFACE.exec(typings.replace(COMMENTS, '')) ?? [];
  return [...new Set(Array.from(members.matchAll(MEMBER), ([, name]) => name))].sort();
}

/** Where optional packages are installed, and where this package's own are. */
function usualFolders() {
  const { STEPWIRE_NODE_MODULES: optional } = process.env;
  return [...(optional ? [optional] : []), fileURLToPath(new URL('../node_modules', import.meta.url))];
}

/** @param {string} path */
function textAt(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
