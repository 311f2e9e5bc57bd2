/**
 * Running scripts of a page: what kind they are, where their text is, and how it is run.
 */

import { withDynamicImports } from '../resolve.js';
import { here } from '../web/here.js';
import { absoluteUrl, packagePath, resource } from '../web/resources.js';
import { fromUtf8 } from '../../../src/bytes.js';
import { attribute } from './attributes.js';

const JAVASCRIPT = /^$|^(text|application)\/(x-)?(java|ecma)script\b|^(text\/)?(jscript|livescript)$/i;

/** Of a document: the script that is running. */
export const CURRENT_SCRIPT = Symbol('current script');

/** @param {any} script @returns {'classic'|'module'|'importmap'|undefined} undefined for data that is no script */
export function kindOfScript(script) {
  const type = (attribute(script, 'type') ?? attribute(script, 'language') ?? '').trim();
  if (type === 'module' || type === 'importmap') return type;
  if (attribute(script, 'nomodule') !== null) return undefined;
  return JAVASCRIPT.test(type) || /^javascript/i.test(type) ? 'classic' : undefined;
}

/** The text behind `src`; undefined where there is none, which is noted. @param {any} script @returns {string|undefined} */
export function scriptText(script) {
  const src = attribute(script, 'src') ?? '';
  const path = packagePath(src);
  if (path === undefined && /^(data|blob):/i.test(src)) {
    const found = resource(src);
    return found && fromUtf8(found.bytes);
  }
  if (path === undefined) {
    here.kernel.report.note('skipped_scripts', absoluteUrl(src));
    return undefined;
  }
  const text = here.kernel.files.text(path);
  if (text === undefined) here.kernel.report.note('missing_files', path);
  return text;
}

/** @param {any} script @param {string} text */
export function runScript(script, text) {
  const { modules } = here.kernel;
  const src = attribute(script, 'src');
  const path = src === null ? undefined : packagePath(src);
  switch (kindOfScript(script)) {
    case 'classic':
      return asCurrent(script, () => (path === undefined ? modules.runScript(withDynamicImports(text, here.base), nameOfInline(script)) : modules.runScript(text, path)));
    case 'module':
      return asCurrent(null, () => (path === undefined ? modules.importText(text, here.base) : modules.importModule(path)));
    case 'importmap':
      return here.kernel.run(() => modules.importMap(text, here.base));
    default:
      return undefined;
  }
}

/** @param {any} script @param {() => void} work */
function asCurrent(script, work) {
  const { document } = here;
  const before = document[CURRENT_SCRIPT];
  document[CURRENT_SCRIPT] = script;
  here.kernel.run(work);
  document[CURRENT_SCRIPT] = before;
}

/** Inline scripts are told apart by their number in the document. @param {any} script */
function nameOfInline(script) {
  const scripts = here.document.getElementsByTagName('script');
  return `${here.base}#script${Array.prototype.indexOf.call(scripts, script) + 1}`;
}
