/**
 * A game's modules: CommonJS with a cache of its own, JSON, classic scripts, and ES modules through the natives.
 *
 * Knows how a file is run; where a specifier leads is in resolve.js, what a file's text is in the natives.
 */

import { folderOf, mappedSpecifier, resolveModule, withDynamicImports } from './resolve.js';

/** The property by which a module's own scope is handed out where a description asks for a peek. */
export const PEEK = Symbol.for('stepwire.peek');

const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

/** @param {import('./kernel.js').Kernel} kernel */
export function createModules(kernel) {
  const { natives, files, scope } = kernel;
  /** @type {Map<string, {exports: any}>} */
  const loaded = new Map();
  /** @type {Map<string, any>} */
  const namespaces = new Map();
  /** @type {Map<string, any>} */
  const peeks = new Map();
  /** @type {{imports: Record<string, string>, base: string}} */
  let map = { imports: {}, base: '/' };
  Object.defineProperty(scope, PEEK, {
    value: (/** @type {string} */ path, /** @type {any} */ names) => peeks.set(path, names), configurable: true,
  });

  /** @param {string} path */
  const load = (path) => {
    const module = { exports: /** @type {any} */ ({}), id: path, filename: path, loaded: false };
    loaded.set(path, module);
    try {
      evaluate(module, path);
    } catch (error) {
      loaded.delete(path);
      throw error;
    }
    return module;
  };

  /** @param {{exports: any, loaded: boolean}} module @param {string} path */
  const evaluate = (module, path) => {
    const text = /** @type {string} */ (files.text(path));
    if (path.endsWith('.json')) module.exports = JSON.parse(text);
    else if (natives.isModule(path)) module.exports = modules.importModule(path);
    else {
      const work = natives.compile(text, path, PARAMETERS);
      Reflect.apply(work, module.exports, [module.exports, requireFrom(path), module, path, folderOf(path).slice(0, -1) || '/']);
    }
    module.loaded = true;
  };

  /** @param {string} from */
  const requireFrom = (from) => {
    /** @param {string} specifier */
    const require = (specifier) => modules.require(specifier, from);
    return Object.assign(require, {
      /** @param {string} specifier */
      resolve: (specifier) => found(specifier, from),
      cache: {},
      // WeChat's form for subpackages.
      /** @param {string} specifier */
      async: (specifier) => new Promise((resolve) => resolve(modules.require(specifier, from))),
    });
  };

  /** @param {string} specifier @param {string} from */
  const found = (specifier, from) => {
    const mapped = mappedSpecifier(specifier, map.imports);
    const path = (mapped === specifier ? undefined : resolveModule(mapped, map.base, files)) ?? resolveModule(specifier, from, files);
    if (path !== undefined) return path;
    kernel.report.note('missing_files', specifier);
    throw Object.assign(new Error(`Cannot find module '${specifier}' from '${from}'`), { code: 'MODULE_NOT_FOUND' });
  };

  const modules = {
    /** The path that a specifier leads to. @param {string} specifier @param {string} from @throws {Error} there is none */
    resolve: found,
    /** What a module exports, running it the first time. @param {string} specifier @param {string} [from] @returns {any} */
    require(specifier, from = '/') {
      const builtin = kernel.builtins?.get(specifier.replace(/^node:/, ''));
      if (builtin) return builtin();
      const path = found(specifier, from);
      return (loaded.get(path) ?? load(path)).exports;
    },
    /** The namespace of an ES module, running it the first time. @param {string} path @returns {any} */
    importModule(path) {
      const namespace = namespaces.get(path) ?? natives.importModule(path);
      namespaces.set(path, namespace);
      return namespace;
    },
    /** Runs a text as a module that lies at a path. @param {string} text @param {string} path @returns {any} its namespace */
    importText: (text, path) => natives.importText?.(withDynamicImports(text, path), path),
    /** What specifiers mean from now on, as a page says it. @param {string} text JSON @param {string} base the page's path */
    importMap(text, base) {
      map = { imports: JSON.parse(text).imports ?? {}, base };
      natives.importMap?.(map.imports, base);
    },
    /** Runs a classic script in the global scope. @param {string} text @param {string} name */
    runScript: (text, name) => natives.runScript(text, name),
    /** Whichever kind of module it is, once it has run. @param {string} specifier @returns {any} */
    exportsOf(specifier) {
      const path = resolveModule(specifier, '/', files) ?? specifier;
      if (loaded.has(path)) return loaded.get(path)?.exports;
      const namespace = namespaces.get(path) ?? natives.loadedModule(path);
      if (namespace === undefined) throw new Error(`the game has not loaded a module ${specifier}`);
      return namespace;
    },
    /** Names of a module's own scope. @param {string} specifier */
    peek(specifier) {
      const names = peeks.get(resolveModule(specifier, '/', files) ?? specifier);
      if (names === undefined) throw new Error(`hooks.peek does not name ${specifier}, or the game has not loaded it`);
      return names;
    },
  };
  return modules;
}
