/**
 * `page FILE`: a page about descriptions, with its tables of fields as the fields are now.
 */

import { readFileSync } from 'node:fs';

import { renewed } from '../description/page.js';
import { CommandProblem, gameAndOptions } from './words.js';

/** @param {string[]} words @returns {Promise<number>} */
export async function run(words) {
  const { path } = gameAndOptions(words, {}, 'page FILE');
  process.stdout.write(renewed(textOf(path)));
  return 0;
}

/** @param {string} path */
function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandProblem(`${path}: ${/** @type {Error} */ (error).message}`);
  }
}
