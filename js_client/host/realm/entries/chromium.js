/**
 * A game in a page of a real browser: the same clock, chance and episode as in a realm, and the browser's own document.
 *
 * The entry of the script that a page runs before anything of the game. Between callbacks it leaves the stack, since a
 * browser runs promises only then; before each frame it waits for what is still being loaded.
 */

import { createGame } from '../game.js';
import { plain } from '../plain.js';
import { createRealPage } from '../real-page.js';
import { NODE_GAME } from './node.js';
import { WECHAT_GAME } from './wechat.js';

/** Under what the page's game is found from outside. */
export const PAGE_GAME = Symbol.for('stepwire.game');

/**
 * @param {any} scope the page's globalThis
 * @param {Record<string, any>} description normalised
 * @param {number|bigint} seed
 */
export function createPageGame(scope, description, seed) {
  const hop = macrotasks(scope);
  const page = createRealPage(scope);
  const natives = pageNatives(scope, page);
  const kinds = { browser: page, wechat: WECHAT_GAME, node: NODE_GAME };
  const kind = kinds[/** @type {keyof typeof kinds} */ (description.kind)];
  const game = createGame(scope, natives, description, seed, kind);

  /** @template T @param {Generator<'frame'|'task', T>} work @returns {Promise<T>} */
  const finished = async (work) => {
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      await hop();
      if (value === 'frame' || page.isLoading()) await page.settled();
    }
  };

  Object.defineProperty(scope, Symbol.for('stepwire.require'), { value: game.require });
  Object.defineProperty(scope, PAGE_GAME, {
    value: {
      async begin() {
        await page.settled();
        if (description.kind !== 'browser') await natives.preload(description.entry);
        game.load();
        return plain(await finished(game.opening()));
      },
      /** @param {any} action */
      step: async (action) => plain({ ...await finished(game.stepping(action)), errors: game.errorCount(), firstError: game.firstError() }),
    },
  });
}

/** What the outside is to a page. @param {any} scope @param {any} page @returns {any} */
function pageNatives(scope, page) {
  const { URL, URLSearchParams, TextDecoder, TextEncoder, atob, btoa, Function } = scope;
  const fetched = syncFetch(scope);
  /** @type {Map<string, any>} */
  const namespaces = new Map();
  return {
    readText: (/** @type {string} */ path) => fetched(path)?.text,
    readBytes: (/** @type {string} */ path) => fetched(path)?.bytes(),
    exists: (/** @type {string} */ path) => fetched(path) !== undefined,
    isModule: (/** @type {string} */ path) => fetched(path)?.isModule ?? false,
    runScript: (/** @type {string} */ text, /** @type {string} */ name) => (0, scope.eval)(`${text}\n//# sourceURL=${name}`),
    compile: (/** @type {string} */ text, /** @type {string} */ name, /** @type {string[]} */ parameters) => Function(...parameters, `${text}\n//# sourceURL=${name}`),
    importModule(/** @type {string} */ path) {
      if (namespaces.has(path)) return namespaces.get(path);
      throw new Error(`${path}: a page cannot import a module at once`);
    },
    loadedModule: (/** @type {string} */ path) => namespaces.get(path),
    /** An ES module runs when a page imports it; what it imports is known from then on. @param {string} entry */
    async preload(entry) {
      const path = `/${entry.replace(/^\.?\//, '')}`;
      if (!this.isModule(path)) return;
      const { modules } = JSON.parse(fetched(`${path}?modules`)?.text ?? '{}');
      const own = await import(path);
      namespaces.set(path, own);
      for (const other of modules) namespaces.set(other, await import(other));
    },
    drain() {},
    log() {},
    lend: { URL, URLSearchParams, TextDecoder, TextEncoder, atob, btoa },
    page,
  };
}

/** Files of the package, at once: a page has no other way to answer a `require`. @param {any} scope */
function syncFetch(scope) {
  const { XMLHttpRequest, Uint8Array } = scope;
  /** @type {Map<string, {text: string, isModule: boolean, bytes: () => ArrayBuffer}|undefined>} */
  const known = new Map();
  /** @param {string} path @param {string} [type] */
  const get = (path, type) => {
    const request = new XMLHttpRequest();
    request.open('GET', path, false);
    if (type) request.overrideMimeType(type);
    request.send();
    return request;
  };
  return (/** @type {string} */ path) => {
    if (known.has(path)) return known.get(path);
    const request = get(path);
    const file = request.status !== 200 ? undefined : {
      text: request.responseText,
      isModule: request.getResponseHeader('x-stepwire-module') === '1',
      bytes: () => Uint8Array.from(get(path, 'text/plain; charset=x-user-defined').responseText, (/** @type {string} */ c) => c.charCodeAt(0) & 0xff).buffer,
    };
    known.set(path, file);
    return file;
  };
}

/** A function that waits for a new task of the browser: by then all promises have run. @param {any} scope */
function macrotasks(scope) {
  const { port1, port2 } = new scope.MessageChannel();
  /** @type {(() => void)[]} */
  const waiting = [];
  port1.onmessage = () => waiting.shift()?.();
  return () => new Promise((/** @type {(value?: any) => void} */ resolve) => {
    waiting.push(resolve);
    port2.postMessage(0);
  });
}
