/**
 * A game in a realm of its own, from its first script to its last step: what the outside sees of a realm.
 */

import { phaserAdapter } from './engines.js';
import { createEpisode } from './episode.js';
import { installGlobals } from './globals.js';
import { createKernel } from './kernel.js';
import { createSockets } from './sockets.js';

/**
 * What makes games of one kind: what they find when they begin, and how they are loaded.
 * @typedef {{install: (kernel: Kernel) => void, load: (kernel: Kernel) => void}} Kind
 */

/**
 * Makes the realm that it is called in the game's; nothing of the game has run yet.
 * @param {any} scope the realm's globalThis
 * @param {import('./kernel.js').Natives} natives
 * @param {import('./kernel.js').Description} description normalised
 * @param {number|bigint} seed of all chance
 * @param {Kind} kind
 */
export function createGame(scope, natives, description, seed, { install, load }) {
  const kernel = createKernel(scope, natives, description, seed);
  installGlobals(kernel);
  installDynamicImport(kernel);
  kernel.sockets = createSockets(kernel);
  install(kernel);
  // The adapter waits for the engine's script, so it is there before.
  const adapters = description.kind === 'node' ? {} : { phaser: phaserAdapter(kernel) };
  const episode = createEpisode(kernel, adapters);
  const { report } = kernel;
  const start = () => {
    // Into a page whoever serves it has put the prelude.
    if (description.hooks.prelude && !natives.page) natives.runScript(description.hooks.prelude, 'hooks.prelude');
    load(kernel);
  };

  return {
    /** Loads the game and plays its start-up input: the first observation of an episode, and its info. */
    begin() {
      start();
      return episode.begin();
    },
    restart: episode.restart,
    step: episode.step,
    opening: episode.opening,
    stepping: episode.stepping,
    /** Frames without any input, for games that others drive. @param {number} frames */
    advance: episode.advance,
    load: start,
    /** What is to be seen: four bytes a pixel. @returns {{width: number, height: number, data: Uint8ClampedArray}|null} */
    pixels: () => kernel.canvas?.pixels(kernel.canvas.screen()) ?? null,
    errorCount: report.errorCount,
    firstError: report.firstError,
    summary: report.summary,
    /** A promise of the game was rejected, and nobody cared. @param {unknown} reason */
    reject: (reason) => report.error(reason),
    /** For ES modules that import a CommonJS file. @param {string} path */
    require: (path) => kernel.modules.require(path),
  };
}

/** @typedef {import('./kernel.js').Kernel} Kernel */

/** What package.js makes of `import()`: the module is there at once, its promise settles with the microtasks. @param {Kernel} kernel */
function installDynamicImport({ scope, modules }) {
  Object.defineProperty(scope, Symbol.for('stepwire.import'), {
    configurable: true,
    /** @param {string} from @param {string} specifier */
    value: async (from, specifier) => modules.importModule(modules.resolve(specifier, from)),
  });
}
