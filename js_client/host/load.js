/**
 * Finds out what a path means, a module that exports an environment or a game with a description, and loads it.
 */

import { statSync } from 'node:fs';
import module from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { CannotStart } from './arguments.js';
import { startChromium } from './chromium/browser.js';
import { chromiumGame } from './chromium/game.js';
import { BadDescription } from './description/check.js';
import { readDescription } from './description/read.js';
import { hostedGame } from './hosted.js';
import { packageFolders } from './optional.js';
import { findRealCanvas } from './vm/real-canvas.js';
import { BadPackage, createPackage } from './vm/package.js';
import { createRealm } from './vm/realm.js';
import { officialWxNames } from './wx-names.js';

/** @typedef {import('../src/instances.js').Game} Game */
/** @typedef {import('../src/serve.js').Log} Log */

/**
 * @typedef {object} Loaded
 * @property {Game|(() => Game)} game
 * @property {Record<string, any>} [description] of an unmodified game
 * @property {(how: {seed: number, connect: any}) => any} [makeGame] a game that others drive frame by frame
 */

/**
 * A game by its path.
 * @param {string} path a folder, a description, a page, or a module whose default export is an environment
 * @param {{given?: Record<string, any>, log?: Log}} [options] `given`: what the description's file says, where it has been read already
 * @returns {Promise<Loaded>}
 * @throws {CannotStart} no such file, or a mistake in it
 */
export async function loadGame(path, options = {}) {
  if (options.given || isDescription(path)) return loadDescribed(path, options);
  lendPackage();
  const { default: game } = await imported(path);
  if (typeof game === 'function' || (typeof game === 'object' && game !== null)) return { game };
  throw new CannotStart(`--game ${path}: the default export must be a game or a function that makes one`);
}

/**
 * An unmodified game by its description.
 * @param {string} path
 * @param {{given?: Record<string, any>, log?: Log}} [options]
 * @returns {Promise<Loaded & {game: () => Game, description: Record<string, any>}>}
 * @throws {CannotStart}
 */
export async function loadDescribed(path, { given, log } = {}) {
  const described = await describe(path, { given, log });
  const { description } = described;
  return { description, game: await maker(described), makeGame: (how) => clocked(described, how) };
}

/**
 * What instances of an unmodified game are made of.
 * @param {string} path
 * @param {{given?: Record<string, any>, log?: Log}} [options]
 * @returns {Promise<import('./hosted.js').Described>}
 * @throws {CannotStart}
 */
export async function describe(path, { given, log } = {}) {
  try {
    const { description, folder, file } = await readDescription(path, { given });
    const pack = createPackage({ folder, file, description });
    const canvas = description.screen.canvas === 'real' ? findRealCanvas(folder) : undefined;
    const wxNames = description.kind === 'wechat' ? officialWxNames(packageFolders(folder)) : undefined;
    return { description, pack, canvas, wxNames, log: consoleOf(description.name, log) };
  } catch (error) {
    if (error instanceof BadDescription || error instanceof BadPackage) throw new CannotStart(error.message, { cause: error });
    throw error;
  }
}

/** A function that makes instances: realms here, or pages of a browser that they share. @param {import('./hosted.js').Described} described */
async function maker(described) {
  if (described.description.driver === 'node') return () => hostedGame(described);
  const browser = await startChromium();
  return () => chromiumGame(browser, described);
}

/** Whether a path leads to a game as it is, and not to a module that exports an environment. @param {string} path */
function isDescription(path) {
  if (/\.(toml|json|html?)$/.test(path) || /\.game\.m?js$/.test(path)) return true;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** @param {import('./hosted.js').Described} described @param {{seed: number, connect: any}} how */
function clocked(described, { seed, connect }) {
  const realm = createRealm(described.pack, described.description, { ...described, seed, connect });
  realm.load();
  return { advance: realm.advance, errors: realm.errorCount, dispose() {} };
}

/** What games write to their consoles goes no further than the log's warnings. @param {string} name @param {Log} [log] */
function consoleOf(name, log) {
  return (/** @type {string} */ level, /** @type {string} */ text) => {
    if (level === 'error') log?.warn(`${name}: ${text}`);
  };
}

/** Lets `import … from 'stepwire'` find this package from anywhere. Node has had such hooks since 22.15. */
function lendPackage() {
  module.registerHooks?.({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!/^stepwire($|\/)/.test(specifier)) throw error;
        return next(specifier, { ...context, parentURL: import.meta.url });
      }
    },
  });
}

/** @param {string} path */
async function imported(path) {
  try {
    return await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    const [reason] = String(error).split('\n');
    const hint = error instanceof SyntaxError ? ` (\`node ${path}\` shows the line)` : ''; // only a dying Node knows it
    throw new CannotStart(`--game ${path}: ${reason}${hint}`, { cause: error });
  }
}
