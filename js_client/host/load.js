/**
 * Loads the module of a game, and lends it this package when it has not installed one of its own.
 */

import module from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { CannotStart } from './arguments.js';

/** @typedef {import('../src/instances.js').Game} Game */

/**
 * The default export of a module: a game, or a function that makes one.
 * @param {string} path from the working directory
 * @returns {Promise<Game|(() => Game)>}
 * @throws {CannotStart} no such file, a mistake in it, or no default export
 */
export async function loadGame(path) {
  lendPackage();
  const { default: game } = await imported(path);
  if (typeof game === 'function' || (typeof game === 'object' && game !== null)) return game;
  throw new CannotStart(`--game ${path}: the default export must be a game or a function that makes one`);
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
