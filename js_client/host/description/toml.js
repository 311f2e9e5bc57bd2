/**
 * TOML, which Node cannot read by itself: through npm's smol-toml where that is installed.
 *
 * `stepwire host` reads TOML in Python and never comes here.
 */

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { packageFolders } from '../optional.js';
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

/** smol-toml, wherever optional packages may lie. @param {string} file @returns {((text: string) => Record<string, any>)|undefined} */
function parser(file) {
  for (const folder of packageFolders(dirname(file))) {
    try {
      return createRequire(join(folder, 'x.js'))(join(folder, 'smol-toml')).parse;
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
