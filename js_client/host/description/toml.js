/**
 * TOML, which Node cannot read by itself: through npm's smol-toml where that is installed.
 *
 * `stepwire host` reads TOML in Python and never comes here.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';

import { BadDescription } from './check.js';

/**
 * What a text in TOML says.
 * @param {string} text @param {string} file its name, for messages
 * @returns {Record<string, any>}
 * @throws {BadDescription} it is no TOML, or there is nothing to read it with
 */
export function parsedToml(text, file) {
  const parse = parser(file);
  if (!parse) {
    throw bad(`${file}: Node cannot read TOML by itself. Run it through \`stepwire host\`, or \`npm install smol-toml\`, or write it as stepwire.game.json or .mjs`);
  }
  try {
    return parse(text);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    const place = /** @type {{line?: number}} */ (error).line;
    throw bad(`${file}: is not TOML: ${message.split('\n')[0].replace(/^Invalid TOML document: /, '')}${place ? ` (line ${place})` : ''}`);
  }
}

/** smol-toml from where optional packages lie, from beside the file, or from this package's own. @param {string} file @returns {((text: string) => Record<string, any>)|undefined} */
function parser(file) {
  const { STEPWIRE_NODE_MODULES: optional } = process.env;
  const places = [...(optional ? [join(optional, 'x.js')] : []), import.meta.url, file];
  for (const place of places) {
    try {
      return createRequire(place)('smol-toml').parse;
    } catch {
      // Not there; or not readable, where the process may read little.
    }
  }
  return undefined;
}

/** @param {string} message */
function bad(message) {
  return new BadDescription([{ path: '', message }]);
}
