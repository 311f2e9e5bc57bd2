/**
 * The ES modules of one realm, linked and run by V8 itself, synchronously.
 *
 * A CommonJS file that an ES module imports becomes a module with a default export and whichever names are imported of
 * it. Those names are learned from V8's own complaints, once for all realms of a package, since only V8 knows for sure.
 */

import vm from 'node:vm';

import { mappedSpecifier, ORIGIN } from '../realm/resolve.js';

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
  /** @type {{imports: Record<string, string>, base: string}} */
  let map = { imports: {}, base: '/' };

  /** @param {string} path @returns {Module} */
  const moduleAt = (path) => {
    const known = modules.get(path);
    if (known) return known;
    if (!pack.isModule(path)) return commonJs(path);
    return linked(/** @type {string} */ (pack.text(path)), path, true);
  };

  /** @param {string} text @param {string} path @param {boolean} isKept others can import it */
  const linked = (text, path, isKept) => {
    const module = sourceText(text, path);
    if (isKept) modules.set(path, module);
    const requests = /** @type {any} */ (module).moduleRequests;
    /** @type {any} */ (module).linkRequests(requests.map((/** @type {{specifier: string}} */ { specifier }) => moduleAt(resolved(specifier, path))));
    return module;
  };

  /** @param {string} text @param {string} path */
  const sourceText = (text, path) => {
    if (!vm.SourceTextModule) throw new Error(`${path} is an ES module, for which Node needs --experimental-vm-modules`);
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
  const found = (specifier, from) => {
    const mapped = mappedSpecifier(specifier, map.imports);
    // Where a map leads out of the package, to some network, the package may still have the module itself.
    return (mapped === specifier ? undefined : pack.resolve(mapped, map.base)) ?? pack.resolve(specifier, from);
  };

  /** @param {string} specifier @param {string} from */
  const resolved = (specifier, from) => {
    const path = found(specifier, from);
    if (path === undefined) throw new Error(`Cannot find module '${specifier}' from '${from}'`);
    return path;
  };

  /** A module, instantiated; the names that CommonJS files must have are found on the way. @param {() => Module} make @returns {Module} */
  const instantiated = (make) => {
    for (;;) {
      const module = make();
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
      const path = found(specifier, from);
      if (path === undefined || pack.isModule(path) || pack.namesOf(path).has(name)) continue;
      pack.namesOf(path).add(name);
      isNew = true;
    }
    return isNew;
  };

  /** @param {Module} module */
  const evaluated = (module) => {
    if (module.status === 'linked') {
      // Settled already, but for a top-level await; a rejection is told by the status.
      module.evaluate().catch(() => {});
    }
    if (module.status === 'errored') throw module.error;
    return module.namespace;
  };

  return {
    /** The namespace of a module, which runs now if it has not run yet. @param {string} path @returns {any} */
    importModule: (path) => evaluated(instantiated(() => moduleAt(path))),
    /** Runs a text as a module that lies at a path, as those within a page do. @param {string} text @param {string} path @returns {any} */
    importText: (text, path) => evaluated(instantiated(() => linked(text, path, false))),
    /** What specifiers mean from now on. @param {Record<string, string>} imports @param {string} base the path of the page that says so */
    importMap(imports, base) {
      map = { imports, base };
    },
    /** @param {string} path @returns {any} */
    loaded(path) {
      const module = modules.get(path);
      return module?.status === 'evaluated' ? module.namespace : undefined;
    },
  };
}
