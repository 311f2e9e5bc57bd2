/**
 * Joins the modules of realm/ into one script, so that a realm gets all of them by one evaluation, in Node as in a page.
 *
 * Each module becomes a function of its own, called in the order of dependence. No parser: the files keep to a form that
 * two expressions find, `import { a, b } from './file.js';` and `export function|class|const`.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const IMPORT = /^import \{([^}]*)\} from '(\.[^']+)';\n/gm;
const EXPORT = /^export (?:async )?(?:function\*?|class|const) (\w+)/gm;
const FORBIDDEN = /^(import (?!\{)|export (?!(async )?(function|class|const) ))/m;

/**
 * The script that evaluates to what the entry module exports, as an object.
 * @param {URL} entry
 * @returns {string}
 * @throws {Error} a module that does not keep to the form
 */
export function bundled(entry) {
  /** @type {Map<string, string>} modules by file, in the order of dependence, each as a function call */
  const modules = new Map();
  add(entry, modules, []);
  const names = [...modules.keys()];
  return `(() => { 'use strict';\n${names.map((name, i) => `const m${i} = ${modules.get(name)}`).join('\n')}\nreturn m${names.length - 1}; })()`;
}

/** @param {URL} url @param {Map<string, string>} modules @param {string[]} above whose import led here */
function add(url, modules, above) {
  if (modules.has(url.href)) return;
  if (above.includes(url.href)) throw new Error(`${url.pathname}: imports itself by way of others`);
  const text = readFileSync(fileURLToPath(url), 'utf8');
  const wrong = FORBIDDEN.exec(text);
  if (wrong) throw new Error(`${url.pathname}: \`${wrong[0].trim()} …\` is no form that a realm's files may have`);
  for (const [, , path] of text.matchAll(IMPORT)) add(new URL(path, url), modules, [...above, url.href]);
  modules.set(url.href, wrapped(text, url, [...modules.keys()]));
}

/** @param {string} text @param {URL} url @param {string[]} known */
function wrapped(text, url, known) {
  const names = [...text.matchAll(EXPORT)].map(([, name]) => name);
  const body = text
    .replace(IMPORT, (_, list, path) => `const {${list}} = m${known.indexOf(new URL(path, url).href)};\n`)
    .replace(/^export /gm, '');
  return `(() => {\n${body}\nreturn { ${names.join(', ')} }; })();`;
}
