/**
 * A game's package as a page finds it: every file at its path, ES modules with their imports spelled out.
 */

import vm from 'node:vm';

/** A page for games that bring none. */
export const EMPTY_PAGE = '/.stepwire/empty.html';

const TYPES = {
  html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', mjs: 'text/javascript; charset=utf-8', cjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8', json: 'application/json', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', svg: 'image/svg+xml',
  webp: 'image/webp', wav: 'audio/wav', mp3: 'audio/mpeg', ogg: 'audio/ogg', ttf: 'font/ttf', woff2: 'font/woff2', wasm: 'application/wasm',
};

/** @typedef {{status: number, headers: Record<string, string>, body: string|Buffer}} Answer */

/**
 * @param {import('../vm/package.js').Package} pack
 * @param {Record<string, any>} description
 * @returns {(url: string) => Answer}
 */
export function createSite(pack, description) {
  const { prelude } = description.hooks;
  /** @param {string} path @returns {Answer} */
  const script = (path) => {
    const text = /** @type {string} */ (pack.text(path));
    const isModule = pack.isModule(path);
    return answered(path, isModule ? spelledOut(text, path, pack) : text, isModule ? { 'x-stepwire-module': '1' } : {});
  };
  return (url) => {
    const { pathname, search } = new URL(url);
    const path = decodeURIComponent(pathname);
    if (path === EMPTY_PAGE) return answered(path, withPrelude('<!doctype html><html><head></head><body></body></html>', prelude));
    if (search === '?modules') return answered('x.json', JSON.stringify({ modules: modulesBelow(path, pack) }));
    if (search === '?commonjs') return answered('x.js', commonJs(path, pack));
    if (!pack.exists(path)) return { status: 404, headers: {}, body: '' };
    if (/\.html?$/.test(path)) return answered(path, withPrelude(/** @type {string} */ (pack.text(path)), prelude));
    if (/\.[mc]?js$/.test(path)) return script(path);
    return answered(path, Buffer.from(/** @type {ArrayBuffer} */ (pack.bytes(path))));
  };
}

/** @param {string} path @param {string|Buffer} body @param {Record<string, string>} [more] @returns {Answer} */
function answered(path, body, more = {}) {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const type = TYPES[/** @type {keyof typeof TYPES} */ (ending)] ?? 'application/octet-stream';
  return { status: 200, headers: { 'content-type': type, ...more }, body };
}

/** The prelude before any script of the page. @param {string} html @param {string|undefined} prelude */
function withPrelude(html, prelude) {
  if (!prelude) return html;
  const place = [/<head(?:\s[^>]*)?>/i, /<html(?:\s[^>]*)?>/i, /<!doctype[^>]*>/i].map((tag) => tag.exec(html)).find(Boolean);
  const at = place ? place.index + place[0].length : 0;
  return `${html.slice(0, at)}<script>${prelude}</script>${html.slice(at)}`;
}

/** What a module imports, by specifier. @param {string} text @param {string} path @returns {string[]} */
function specifiersOf(text, path) {
  const module = new vm.SourceTextModule(text, { identifier: path });
  return /** @type {any} */ (module).moduleRequests.map((/** @type {{specifier: string}} */ request) => request.specifier);
}

/** The text with each specifier as the one path it means, so that a page does not run a file twice. @param {string} text @param {string} path @param {import('../vm/package.js').Package} pack */
function spelledOut(text, path, pack) {
  let result = text;
  for (const specifier of specifiersOf(text, path)) {
    const target = pack.resolve(specifier, path);
    if (target === undefined) continue;
    const place = pack.isModule(target) ? target : `${target}?commonjs`;
    for (const quote of ["'", '"']) result = result.replaceAll(`${quote}${specifier}${quote}`, `${quote}${place}${quote}`);
  }
  return result;
}

/** An ES module around a CommonJS file, with the names that are imported of it. @param {string} path @param {import('../vm/package.js').Package} pack */
function commonJs(path, pack) {
  const names = [...pack.namesOf(path)].filter((name) => name !== 'default');
  return `const exports = globalThis[Symbol.for('stepwire.require')](${JSON.stringify(path)});
export default exports?.__esModule ? exports.default : exports;
${names.map((name, i) => `const n${i} = exports?.[${JSON.stringify(name)}]; export { n${i} as ${name} };`).join('\n')}`;
}

/** All ES modules that a module leads to. @param {string} entry @param {import('../vm/package.js').Package} pack @returns {string[]} */
function modulesBelow(entry, pack) {
  const seen = new Set([entry]);
  for (const path of seen) {
    if (!pack.isModule(path)) continue;
    for (const specifier of specifiersOf(pack.text(path) ?? '', path)) {
      const target = pack.resolve(specifier, path);
      if (target !== undefined) seen.add(target);
    }
  }
  return [...seen].filter((path) => path !== entry && pack.isModule(path));
}
