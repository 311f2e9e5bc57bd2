/**
 * Where a file of a game's package is: URLs and module specifiers → root-absolute paths. Pure.
 */

/** Where the package seems to be served from. */
export const ORIGIN = 'https://game.stepwire';

/** What an import may leave out, as WeChat, bundlers and CommonJS have it. */
const COMPLETIONS = ['', '.js', '.json', '.mjs', '.cjs', '/index.js', '/index.json'];

/** WeChat's folder for npm packages comes first, since it holds what was built for it. */
const PACKAGE_FOLDERS = ['/miniprogram_npm', '/node_modules'];

/**
 * The path of a URL within the package; undefined for what is elsewhere. Query and fragment are dropped.
 * @param {string} url @param {string} [base] the path of the file that says it @returns {string|undefined}
 */
export function pathOf(url, base = '/') {
  let text = String(url);
  if (text.startsWith(ORIGIN)) text = text.slice(ORIGIN.length) || '/';
  else if (/^([a-z][\w+.-]*:|\/\/)/i.test(text)) return undefined;
  const path = text.split(/[?#]/, 1)[0];
  return joined(path.startsWith('/') ? '/' : folderOf(base), decoded(path));
}

/**
 * The path of the module that a specifier means; undefined where there is none.
 * @param {string} specifier @param {string} from the path of the module that says it
 * @param {{exists: (path: string) => boolean, text: (path: string) => string|undefined}} files
 */
export function resolveModule(specifier, from, files) {
  if (/^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') {
    const path = pathOf(specifier, from);
    return path && completed(path, files);
  }
  if (/^[a-z][\w+.-]*:/i.test(specifier)) {
    const path = pathOf(specifier, from);
    return path && completed(path, files);
  }
  // WeChat takes a bare name as relative to the file, then to the root.
  return completed(joined(folderOf(from), specifier), files)
    ?? completed(joined('/', specifier), files)
    ?? inPackages(specifier, files);
}

const DYNAMIC_IMPORT = /(?<![\w$.'"`])import\s*\((?=\s*[^)\s])/g;

/** A text with `import()` as a call that a realm answers in its own time. @param {string} text @param {string} path where it lies */
export function withDynamicImports(text, path) {
  return text.replace(DYNAMIC_IMPORT, `globalThis[Symbol.for('stepwire.import')](${JSON.stringify(path)}, `);
}

/**
 * What an import map makes of a specifier: itself where the map has nothing for it.
 * @param {string} specifier @param {Record<string, string>} imports @returns {string}
 */
export function mappedSpecifier(specifier, imports) {
  if (Object.hasOwn(imports, specifier)) return imports[specifier];
  const folders = Object.keys(imports).filter((name) => name.endsWith('/') && specifier.startsWith(name));
  const folder = folders.sort((a, b) => b.length - a.length)[0];
  return folder === undefined ? specifier : imports[folder] + specifier.slice(folder.length);
}

/** @param {string} path */
export function folderOf(path) {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** @param {string} path @param {{exists: (path: string) => boolean}} files */
function completed(path, files) {
  const start = path.endsWith('/') && path !== '/' ? path.slice(0, -1) : path;
  return COMPLETIONS.map((more) => start + more).find(files.exists);
}

/** @param {string} name @param {{exists: (path: string) => boolean, text: (path: string) => string|undefined}} files */
function inPackages(name, files) {
  for (const folder of PACKAGE_FOLDERS) {
    const path = `${folder}/${name}`;
    const found = completed(path, files) ?? mainOf(path, files);
    if (found) return found;
  }
  return undefined;
}

/** @param {string} path @param {{exists: (path: string) => boolean, text: (path: string) => string|undefined}} files */
function mainOf(path, files) {
  const text = files.text(`${path}/package.json`);
  if (text === undefined) return undefined;
  const { main, module } = JSON.parse(text);
  return [module, main].filter((entry) => typeof entry === 'string')
    .map((entry) => completed(joined(`${path}/`, entry), files)).find(Boolean);
}

/** @param {string} folder @param {string} path */
function joined(folder, path) {
  /** @type {string[]} */
  const parts = [];
  for (const part of (folder + path).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}${path.endsWith('/') && parts.length > 0 ? '/' : ''}`;
}

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
