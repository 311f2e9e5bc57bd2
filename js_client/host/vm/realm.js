/**
 * A realm of V8 with a game's package in it: the natives, and the bundle of realm/ evaluated inside.
 *
 * The context has no interceptors on its global object (vm.constants.DONT_CONTEXTIFY): globals are hundreds of times
 * quicker that way. Its microtasks run only when `drain` says so.
 */

import assert from 'node:assert';
import buffer from 'node:buffer';
import path from 'node:path';
import querystring from 'node:querystring';
import string_decoder from 'node:string_decoder';
import url from 'node:url';
import util from 'node:util';
import vm from 'node:vm';

import { bundled } from './bundle.js';
import { createEsModules } from './es-modules.js';

/** @typedef {import('../realm/kernel.js').Natives} Natives */

/**
 * What a realm gives to the outside; see realm/game.js.
 * @typedef {ReturnType<typeof import('../realm/game.js').createGame>} RealmGame
 */

const NOTHING = new vm.Script('0', { filename: 'drain' });

/** What is evaluated in realms, by the kind of their games. @type {Map<string, vm.Script>} */
const bundles = new Map();

/** Scripts by text and name, whichever realm they run in. @type {Map<string, Map<string, vm.Script>>} */
const scripts = new Map();

/** Small facts about files, by key, that realms need not find out again. @type {Map<string, any>} */
const facts = new Map();

/** The report of each realm, by the prototype of its promises. @type {WeakMap<object, RealmGame>} */
const realms = new WeakMap();

/**
 * @param {import('./package.js').Package} pack
 * @param {Record<string, any>} description
 * @param {object} options
 * @param {number|bigint} options.seed
 * @param {any} [options.canvas] a real one
 * @param {Natives['connect']} [options.connect]
 * @param {string[]} [options.wxNames]
 * @param {(level: string, text: string) => void} [options.log]
 * @returns {RealmGame}
 */
export function createRealm(pack, description, { seed, canvas, connect, wxNames, log = () => {} }) {
  const context = /** @type {vm.Context} */ (vm.createContext(/** @type {any} */ (vm.constants).DONT_CONTEXTIFY, { microtaskMode: 'afterEvaluate' }));
  const scope = vm.runInContext('globalThis', context);
  const modules = createEsModules(context, pack, (path) => game.require(path));
  /** @type {Natives} */
  const natives = {
    readText: pack.text, readBytes: pack.bytes, exists: pack.exists, isModule: pack.isModule,
    runScript: (text, name) => script(text, name).runInContext(context),
    compile(text, name, parameters) {
      const head = `(function (${parameters.join(', ')}) {`;
      // Places in errors are those of the text itself.
      return script(`${head}${text}\n})`, name, -head.length).runInContext(context);
    },
    importModule: modules.importModule, importText: modules.importText, importMap: modules.importMap, loadedModule: modules.loaded,
    drain: () => NOTHING.runInContext(context),
    log, lend: LENT, canvas, connect, wxNames, cache: facts,
  };
  const { createRealmGame } = bundleOf(description.kind).runInContext(context);
  /** @type {RealmGame} */
  const game = createRealmGame(scope, natives, description, seed);
  realms.set(scope.Promise.prototype, game);
  return game;
}

/** Classes and functions that mean the same in every realm, and modules that have no way to the outside. */
const LENT = { URL, URLSearchParams, TextDecoder, TextEncoder, atob, btoa, Buffer, builtins: { assert, buffer, path, querystring, string_decoder, url, util } };

/** @param {string} kind */
function bundleOf(kind) {
  const known = bundles.get(kind) ?? new vm.Script(bundled(new URL(`../realm/entries/${kind}.js`, import.meta.url)), { filename: 'stepwire' });
  bundles.set(kind, known);
  return known;
}

/** @param {string} text @param {string} name @param {number} [columnOffset] */
function script(text, name, columnOffset = 0) {
  const named = scripts.get(name) ?? new Map();
  scripts.set(name, named);
  const known = named.get(text) ?? new vm.Script(text, { filename: name, columnOffset });
  named.set(text, known);
  return known;
}

/**
 * Gives a rejection that nobody handled to the realm it happened in.
 * @param {unknown} reason @param {Promise<unknown>} promise
 * @returns {boolean} whether it was a realm's
 */
export function reportRejection(reason, promise) {
  for (let kind = Object.getPrototypeOf(promise); kind; kind = Object.getPrototypeOf(kind)) {
    const game = realms.get(kind);
    if (game) {
      game.reject(reason);
      return true;
    }
  }
  return false;
}
