/**
 * The files of one game, read once and kept: every realm of the process shares their texts.
 *
 * Knows where the game's folder is and what its description changes in it: mounted files, patches, and the peeks that
 * are appended to modules. Nothing outside the folder and the mounts is read, by whatever links.
 */

import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import vm from 'node:vm';

import { resolveModule, withDynamicImports } from '../realm/resolve.js';

/** Without such words a file is no ES module; with them it may be one. */
const MODULE_WORD = /(?<![\w$.])(?:import\s*[\w$*{"'.]|export\s*[\w$*{])/;
const SCRIPT = /\.[mc]?js$/;

/** A description names something in the game's files that is not there, or not once. */
export class BadPackage extends Error {}

/** @typedef {ReturnType<typeof createPackage>} Package */

/**
 * @param {object} where
 * @param {string} where.folder of the game, absolute
 * @param {string} where.file the description, or whatever the mounts are relative to
 * @param {Record<string, any>} where.description
 * @throws {BadPackage} a patch that does not match exactly once, or a file that is not there
 */
export function createPackage({ folder, file, description }) {
  const root = realpathSync(folder);
  const mounts = mounted(description.mounts ?? {}, dirname(file));
  /** Absolute paths by path in the package, and paths in the package by specifier. @type {Map<string, string|undefined>} */
  const places = new Map();
  /** @type {Map<string, string|undefined>} */
  const texts = new Map();
  /** @type {Map<string, ArrayBuffer|undefined>} */
  const buffers = new Map();
  /** @type {Map<string, boolean>} */
  const kinds = new Map();
  /** @type {Map<string, Set<string>>} */
  const names = new Map();

  /** @param {string} path */
  const place = (path) => memo(places, path, () => mounts.get(path) ?? within(root, path));
  /** @param {string} path */
  const raw = (path) => {
    const at = place(path);
    return at === undefined ? undefined : readFileSync(at, 'utf8');
  };

  const pack = {
    folder: root,
    /** @param {string} path */
    exists: (path) => place(path) !== undefined,
    /** @param {string} path */
    text: (path) => memo(texts, path, () => {
      const text = raw(path);
      return text === undefined || !SCRIPT.test(path) ? text : edited(text.replace(/^\uFEFF/, ''), path, description.hooks);
    }),
    /** @param {string} path */
    bytes: (path) => memo(buffers, path, () => {
      const at = place(path);
      if (at === undefined) return undefined;
      const { buffer, byteOffset, byteLength } = readFileSync(at);
      return /** @type {ArrayBuffer} */ (buffer.slice(byteOffset, byteOffset + byteLength));
    }),
    /** @param {string} path */
    isModule: (path) => memo(kinds, path, () => isModule(path, pack.text(path) ?? '')),
    /** Where a module's specifier leads. @param {string} specifier @param {string} from */
    resolve: (specifier, from) => memo(places, `${from}\n${specifier}`, () => resolveModule(specifier, from, pack)),
    /** The names that ES modules import of a CommonJS one, as far as they have been met. @param {string} path @returns {Set<string>} */
    namesOf: (path) => memo(names, path, () => new Set()),
  };
  checkHooks(description.hooks, pack);
  return pack;
}

/** @template T @param {Map<string, T>} map @param {string} key @param {() => T} make @returns {T} */
function memo(map, key, make) {
  if (map.has(key)) return /** @type {T} */ (map.get(key));
  const value = make();
  map.set(key, value);
  return value;
}

/** The file at a path below a folder; undefined where there is none, or where links lead outside. @param {string} root @param {string} path */
function within(root, path) {
  const at = join(root, path);
  if (!statSync(at, { throwIfNoEntry: false })?.isFile()) return undefined;
  return realpathSync(at).startsWith(root + sep) ? at : undefined;
}

/** @param {Record<string, string>} mounts @param {string} base */
function mounted(mounts, base) {
  return new Map(Object.entries(mounts).map(([path, file]) => {
    const at = resolve(base, file);
    if (!statSync(at, { throwIfNoEntry: false })?.isFile()) throw new BadPackage(`mounts: ${path}: there is no file ${at}`);
    return [path.startsWith('/') ? path : `/${path}`, at];
  }));
}

/** @param {string} path @param {string} text */
function isModule(path, text) {
  if (path.endsWith('.mjs')) return true;
  if (!path.endsWith('.js') || !MODULE_WORD.test(text)) return false;
  try {
    // Only a module has such words where a script may not have them; in a string or a comment they say nothing.
    new vm.Script(`(function () {${text}\n})`);
    return false;
  } catch {
    return true;
  }
}

/** @typedef {{patches: {file: string, find: string, replace: string}[], peek: Record<string, string[]>}} Hooks */

/** The text with patches and peeks, and with `import()` as a call that a realm answers in its own time. @param {string} text @param {string} path @param {Hooks} hooks */
function edited(text, path, hooks) {
  let result = text;
  for (const { file, find, replace } of hooks.patches) {
    if (inPackage(file) !== path) continue;
    const count = result.split(find).length - 1;
    if (count !== 1) throw new BadPackage(`hooks.patches: ${file}: ${JSON.stringify(find)} must be there once, and is ${count} times`);
    result = result.replace(find, () => replace);
  }
  const peeked = Object.entries(hooks.peek).filter(([file]) => inPackage(file) === path).flatMap(([, list]) => list);
  if (peeked.length > 0) {
    const getters = peeked.map((name) => `get ${name}() { return ${name}; }`).join(', ');
    result += `\n;globalThis[Symbol.for('stepwire.peek')](${JSON.stringify(path)}, { ${getters} });`;
  }
  return withDynamicImports(result, path);
}

/** @param {Hooks} hooks @param {{text: (path: string) => string|undefined}} pack */
function checkHooks(hooks, pack) {
  const named = [...hooks.patches.map(({ file }) => ['patches', file]), ...Object.keys(hooks.peek).map((file) => ['peek', file])];
  for (const [which, file] of named) {
    if (pack.text(inPackage(file)) === undefined) throw new BadPackage(`hooks.${which}: there is no file ${file} in the game`);
  }
}

/** @param {string} file as a description says it */
function inPackage(file) {
  return file.startsWith('/') ? file : `/${file.replace(/^\.\//, '')}`;
}
