/**
 * Finds the description that a path means, reads it, and sees whether what it names is there.
 *
 * Knows files; what the fields mean is check.js's.
 */

import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import { isObject } from '../../src/problems.js';
import { BadDescription, normalised } from './check.js';
import { guessedKind, isFile } from './guess.js';
import { parsedToml } from './toml.js';

/** What a description is called in its game's folder. */
export const USUAL_NAMES = ['stepwire.game.toml', 'stepwire.game.json', 'stepwire.game.mjs'];

/** @typedef {{description: Record<string, any>, folder: string, file: string}} Read the game's folder and the description, both absolute */
/** @typedef {import('./values.js').Problem} Problem */

/**
 * The description of a game, with all defaults.
 * @param {string} path a folder, a description, or a page
 * @param {{given?: Record<string, any>}} [options] `given`: what the file says, where somebody has read it already
 * @returns {Promise<Read>}
 * @throws {BadDescription} with every problem that there is
 */
export async function readDescription(path, { given } = {}) {
  const { file, page } = located(resolve(path), given !== undefined);
  const said = given ?? await contentOf(file);
  if (!isObject(said)) return { description: normalised(said, { file }), folder: dirname(file), file }; // says what it is
  const table = page === undefined ? said : { ...said, kind: 'browser', entry: relative(resolve(dirname(file), rootOf(said)), page).split(sep).join('/') };
  const folder = resolve(dirname(file), rootOf(table));
  /** @type {Problem[]} */
  const problems = [];
  /** @type {Record<string, any>} */
  const filled = isFolder(folder) ? withGuesses(table, folder, problems) : table;
  if (!isFolder(folder)) problems.push({ path: 'root', message: `there is no folder ${folder}` });
  checkMounts(table.mounts, dirname(file), problems);
  const description = normalised({ ...filled, name: filled.name ?? basename(folder) }, { file, problems });
  return { description, folder, file };
}

/**
 * The file of a description, and the page where one was named.
 * @param {string} path absolute @param {boolean} isRead whether nobody needs the file itself
 * @returns {{file: string, page?: string}}
 */
function located(path, isRead) {
  if (!isFolder(path) && !statSync(path, { throwIfNoEntry: false })) throw bad(`there is no ${path}`);
  const page = /\.html?$/.test(path) ? path : undefined;
  if (!isFolder(path) && !page) return { file: path };
  const folder = page ? dirname(path) : path;
  const [name, ...others] = USUAL_NAMES.filter((usual) => isFile(folder, usual));
  if (others.length > 0) throw bad(`${folder} has several descriptions, ${[name, ...others].join(' and ')}: name the one that is meant`);
  if (name === undefined && !isRead) throw bad(undescribed(folder));
  return { file: join(folder, name ?? USUAL_NAMES[0]), page };
}

/** @param {string} folder */
function undescribed(folder) {
  const guess = guessedKind(folder);
  const looks = guess ? `it looks like a ${guess.kind} game, since ${guess.why}` : 'and its files do not tell what kind of game it is';
  return `${folder} has no ${USUAL_NAMES[0]}, which says how the game is played; ${looks}. \`stepwire host --init ${folder} --write\` writes a first draft`;
}

/** What a file says. @param {string} file @returns {Promise<any>} */
async function contentOf(file) {
  if (/\.m?js$/.test(file)) return exportOf(file);
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  if (file.endsWith('.toml')) return parsedToml(text, file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw bad(`${file}: is not JSON: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {string} file */
async function exportOf(file) {
  try {
    const { default: content } = await import(pathToFileURL(file).href);
    return typeof content === 'function' ? await content() : content;
  } catch (error) {
    const hint = error instanceof SyntaxError ? ` (\`node ${file}\` shows the line)` : '';
    throw bad(`${file}: ${String(error).split('\n')[0]}${hint}`);
  }
}

/** With kind and entry, if necessary those that the files speak for. @param {Record<string, any>} table @param {string} folder @param {Problem[]} problems */
function withGuesses(table, folder, problems) {
  const filled = { ...table, ...guesses(table, folder, problems) };
  if (typeof filled.entry !== 'string') return filled;
  const entry = filled.entry.replace(/^(\.?\/)+/, '');
  const isMounted = Object.keys(isObject(table.mounts) ? table.mounts : {}).some((path) => path.replace(/^\//, '') === entry);
  if (!isMounted) checkEntry(folder, entry, problems);
  return { ...filled, entry };
}

/** @param {Record<string, any>} table @param {string} folder @param {Problem[]} problems */
function guesses({ kind, entry }, folder, problems) {
  if (kind !== undefined && entry !== undefined) return {};
  const guess = guessedKind(folder, kind);
  if (guess) return { kind: kind ?? guess.kind, entry: entry ?? guess.entry };
  if (kind === undefined) problems.push({ path: 'kind', message: `is missing, and the files in ${folder} do not tell it: wechat, browser or node` });
  else problems.push({ path: 'entry', message: `is missing, and ${folder} has no file that a ${kind} game usually begins with` });
  return {};
}

/** @param {string} folder @param {string} entry @param {Problem[]} problems */
function checkEntry(folder, entry, problems) {
  if (!isFile(folder, entry)) problems.push({ path: 'entry', message: `there is no file ${entry} in ${folder}` });
  else if (!realpathSync(join(folder, entry)).startsWith(realpathSync(folder) + sep)) problems.push({ path: 'entry', message: `${entry} lies outside ${folder}` });
}

/** @param {unknown} mounts @param {string} base @param {Problem[]} problems */
function checkMounts(mounts, base, problems) {
  if (!isObject(mounts)) return;
  for (const [path, file] of Object.entries(mounts)) {
    if (typeof file === 'string' && !isFile(resolve(base, file), '')) problems.push({ path: `mounts.${JSON.stringify(path)}`, message: `there is no file ${resolve(base, file)}` });
  }
}

/** @param {Record<string, any>} table */
function rootOf({ root }) {
  return typeof root === 'string' ? root : '.';
}

/** @param {string} path */
function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** @param {string} message */
function bad(message) {
  return new BadDescription([{ path: '', message }]);
}
