/**
 * What all parts of a realm share: the clock, random numbers, files, modules, the report, and the one way by which the
 * game's code is called.
 */

import { random } from '../../src/random.js';
import { createClock } from './clock.js';
import { createModules } from './modules.js';
import { createReport } from './report.js';
import { pathOf } from './resolve.js';
import { createStorage } from './storage.js';

/**
 * The outside, as much as a realm needs of it.
 * @typedef {object} Natives
 * @property {(path: string) => string|undefined} readText
 * @property {(path: string) => ArrayBuffer|undefined} readBytes
 * @property {(path: string) => boolean} exists
 * @property {(text: string, name: string) => any} runScript in the global scope of the realm
 * @property {(text: string, name: string, parameters: string[]) => Function} compile
 * @property {(path: string) => boolean} isModule whether a file is an ES module
 * @property {(path: string) => any} importModule
 * @property {(text: string, path: string) => any} [importText] runs a text as a module that lies at a path; a real page does that itself
 * @property {(imports: Record<string, string>, base: string) => void} [importMap] says what specifiers mean
 * @property {(path: string) => any} loadedModule the namespace of an ES module that has run, else undefined
 * @property {() => void} drain runs the realm's microtasks
 * @property {(level: string, text: string) => void} log
 * @property {Record<string, any>} lend classes and functions of the platform that mean the same in every realm
 * @property {any} [canvas]
 * @property {(url: string, protocols: string[], handlers: any) => any} [connect]
 * @property {string[]} [wxNames]
 * @property {{install: (kernel: any) => void, load: (kernel: any) => void}} [page] the document of a real browser, where there is one
 * @property {{get: (key: string) => any, set: (key: string, value: any) => void}} [cache]
 */

/** @typedef {Record<string, any>} Description normalised */

/**
 * @typedef {object} Kernel
 * @property {any} scope the game's globalThis
 * @property {Natives} natives
 * @property {Description} description
 * @property {{width: number, height: number, pixelRatio: number}} screen
 * @property {ReturnType<typeof createClock>} clock
 * @property {{next: () => number, uint32: () => number, reseed: (seed: number|bigint) => void}} random
 * @property {ReturnType<typeof createReport>} report
 * @property {(work: Function, self?: any, args?: any[]) => any} run
 * @property {(listener: (error: any) => void) => void} onError
 * @property {{pathOf: typeof pathOf, text: (path: string) => string|undefined, bytes: (path: string) => Uint8Array|undefined, exists: (path: string) => boolean}} files
 * @property {ReturnType<typeof createModules>} modules
 * @property {ReturnType<typeof createStorage>} storage
 * @property {{key: Function, touch: Function, mouse: Function}} inputs
 * @property {Map<string, () => any>} [builtins] modules of the platform, by name
 * @property {any} canvas
 * @property {any} images
 * @property {any} sockets
 * @property {any} web
 * @property {any[]} pages
 * @property {(event: string, target?: string) => void} fire dispatches an event that nobody else does, on the elements of a selector
 */

/**
 * @param {any} scope @param {Natives} natives @param {Description} description @param {number|bigint} seed
 * @returns {Kernel}
 */
export function createKernel(scope, natives, description, seed) {
  const report = createReport();
  /** @type {((error: any) => void)[]} */
  const listeners = [];
  let depth = 0;

  /** @param {any} error */
  const failed = (error) => {
    report.error(error);
    for (const listener of listeners) listener(error);
  };

  /** @type {Kernel['run']} */
  const run = (work, self, args = NOTHING) => {
    depth += 1;
    try {
      return Reflect.apply(work, self, args);
    } catch (error) {
      failed(error);
      return undefined;
    } finally {
      depth -= 1;
      // Promise callbacks run when no code of the game is under way, as in a browser.
      if (depth === 0) natives.drain();
    }
  };

  const { width, height, pixel_ratio: pixelRatio } = description.screen;
  /** @type {any} */
  const kernel = {
    scope, natives, description, report, run,
    screen: { width, height, pixelRatio },
    clock: createClock(run, { fps: description.time.fps, start: Date.parse(description.time.start) }),
    random: seededRandom(seed),
    storage: createStorage(),
    onError: (/** @type {(error: any) => void} */ listener) => listeners.push(listener),
    files: {
      pathOf, text: natives.readText, exists: natives.exists,
      /** @param {string} path */
      bytes(path) {
        const buffer = natives.readBytes(path);
        return buffer && new Uint8Array(new Uint8Array(buffer)); // a copy, in a buffer of this realm
      },
    },
    inputs: { key: nowhere, touch: nowhere, mouse: nowhere },
    fire: nowhere,
  };
  kernel.modules = createModules(kernel);
  return kernel;
}

/** @type {any[]} */
const NOTHING = [];

function nowhere() {}

/** @param {number|bigint} seed */
function seededRandom(seed) {
  let draws = random(seed);
  return {
    next: () => draws(),
    uint32: () => draws.integer(2 ** 32),
    /** @param {number|bigint} again */
    reseed(again) {
      draws = random(again);
    },
  };
}
