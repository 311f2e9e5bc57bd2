/**
 * The ES modules of one realm, linked and run by V8 itself, synchronously.
 *
 * A CommonJS file that an ES module imports becomes a module with a default export and whichever names are imported of
 * it. Those names are learned from V8's own complaints, once for all realms of a package, since only V8 knows for sure.
 */

import vm from 'node:vm';

import { ORIGIN } from '../realm/resolve.js';

const MISSING = /^The requested module '(.+)' does not provide an export named '([^']+)'$/;

/** V8's code of a module's text, by text: it spares the next realm the parsing. @type {Map<string, Buffer>} */
const compiled = new Map();

/** @typedef {vm.SourceTextModule|vm.SyntheticModule} Module */

/**
 * @param {vm.Context} context
 * @param {import('./package.js').Package} pack
 * @param {(path: string) => any} require the exports of a CommonJS or JSON file
 */
export function createEsModules(context, pack, require) {
  /** @type {Map<string, Module>} */
  const modules = new Map();

  /** @param {string} path @returns {Module} */
  const moduleAt = (path) => {
    const known = modules.get(path);
    if (known) return known;
    if (!pack.isModule(path)) return commonJs(path);
    const module = sourceText(path);
    modules.set(path, module);
    const requests = /** @type {any} */ (module).moduleRequests;
    /** @type {any} */ (module).linkRequests(requests.map((/** @type {{specifier: string}} */ { specifier }) => moduleAt(resolved(specifier, path))));
    return module;
  };

  /** @param {string} path */
  const sourceText = (path) => {
    const text = /** @type {string} */ (pack.text(path));
    const options = {
      context, identifier: path, cachedData: compiled.get(text),
      /** @param {any} meta */
      initializeImportMeta(meta) {
        meta.url = ORIGIN + path;
      },
    };
    const module = new vm.SourceTextModule(text, options);
    if (!options.cachedData) compiled.set(text, /** @type {any} */ (module).createCachedData());
    return module;
  };

  /** @param {string} path */
  const commonJs = (path) => {
    const names = new Set(['default', ...pack.namesOf(path)]);
    const module = new vm.SyntheticModule([...names], () => {
      const exports = require(path);
      const isTranspiled = Boolean(exports?.__esModule);
      for (const name of names) module.setExport(name, name === 'default' && !isTranspiled ? exports : exports?.[name]);
    }, { context, identifier: path });
    modules.set(path, module);
    return module;
  };

  /** @param {string} specifier @param {string} from */
  const resolved = (specifier, from) => {
    const path = pack.resolve(specifier, from);
    if (path === undefined) throw new Error(`Cannot find module '${specifier}' from '${from}'`);
    return path;
  };

  /** The module at a path, instantiated; the names that CommonJS files must have are found on the way. @param {string} path @returns {Module} */
  const instantiated = (path) => {
    for (;;) {
      const module = moduleAt(path);
      try {
        if (module.status === 'unlinked' || module.status === 'linking') /** @type {any} */ (module).instantiate();
        return module;
      } catch (error) {
        const [, specifier, name] = MISSING.exec(/** @type {Error} */ (error).message) ?? [];
        if (specifier === undefined || !learn(specifier, name)) throw error;
        for (const [at, { status }] of modules) if (status !== 'evaluated') modules.delete(at);
      }
    }
  };

  /** Whether a name that an import asks for can be given: by a CommonJS file. @param {string} specifier @param {string} name */
  const learn = (specifier, name) => {
    let isNew = false;
    for (const from of [...modules.keys()]) {
      const path = pack.resolve(specifier, from);
      if (path === undefined || pack.isModule(path) || pack.namesOf(path).has(name)) continue;
      pack.namesOf(path).add(name);
      isNew = true;
    }
    return isNew;
  };

  return {
    /** The namespace of a module, which runs now if it has not run yet. @param {string} path @returns {any} */
    importModule(path) {
      const module = instantiated(path);
      if (module.status === 'linked') {
        // Settled already, but for a top-level await; a rejection is told by the status.
        module.evaluate().catch(() => {});
      }
      if (module.status === 'errored') throw module.error;
      return module.namespace;
    },
    /** @param {string} path @returns {any} */
    loaded(path) {
      const module = modules.get(path);
      return module?.status === 'evaluated' ? module.namespace : undefined;
    },
  };
}
