/**
 * Guesses what kind a game is, and where it begins, from the files in its folder.
 */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{kind: 'wechat'|'browser'|'node', entry: string, why: string}} Guess */

/** `wx.` of WeChat, in the script that such a game begins with. */
const WX = /(?<![\w$.])wx\s*\.\s*\w/;

/**
 * A kind with its entry, the first that fits; undefined where none does.
 * @param {string} root the game's folder
 * @param {string} [kind] where it is known
 * @returns {Guess|undefined}
 */
export function guessedKind(root, kind) {
  return GUESSES.map((guess) => guess(root, kind)).find((found) => found && (kind === undefined || found.kind === kind));
}

/** @type {((root: string, kind?: string) => Guess|undefined)[]} */
const GUESSES = [
  (root) => (isFile(root, 'game.json') && isFile(root, 'game.js') ? { kind: 'wechat', entry: 'game.js', why: 'there are game.json and game.js' } : undefined),
  (root) => (Array.isArray(json(root, 'app.json')?.pages) ? { kind: 'wechat', entry: 'app.js', why: 'app.json lists pages' } : undefined),
  (root) => (isFile(root, 'index.html') ? { kind: 'browser', entry: 'index.html', why: 'there is index.html' } : undefined),
  (root) => (WX.test(textAt(root, 'game.js') ?? '') ? { kind: 'wechat', entry: 'game.js', why: 'game.js speaks of wx' } : undefined),
  (root) => {
    const main = mainOf(root);
    return main ? { kind: 'node', entry: main, why: `package.json's main is ${main}` } : undefined;
  },
  (root) => {
    const index = ['index.js', 'index.mjs', 'index.cjs'].find((name) => isFile(root, name));
    return index ? { kind: 'node', entry: index, why: `there is ${index}` } : undefined;
  },
  // It tells nothing of a kind; of a known one it is the usual entry.
  (root, kind) => (kind === 'wechat' && isFile(root, 'game.js') ? { kind: 'wechat', entry: 'game.js', why: 'there is game.js' } : undefined),
];

/** @param {string} root @returns {string|undefined} */
function mainOf(root) {
  const { main } = json(root, 'package.json') ?? {};
  if (typeof main !== 'string') return undefined;
  const plain = main.replace(/^\.\//, '');
  return [plain, `${plain}.js`, join(plain, 'index.js')].find((name) => isFile(root, name));
}

/** @param {string} root @param {string} name @returns {any} undefined where there is none that can be read */
export function json(root, name) {
  try {
    return JSON.parse(textAt(root, name) ?? '');
  } catch {
    return undefined;
  }
}

/** @param {string} root @param {string} name */
export function textAt(root, name) {
  return isFile(root, name) ? readFileSync(join(root, name), 'utf8').replace(/^\uFEFF/, '') : undefined;
}

/** @param {string} root @param {string} name */
export function isFile(root, name) {
  return statSync(join(root, name), { throwIfNoEntry: false })?.isFile() ?? false;
}
