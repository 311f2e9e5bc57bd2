/**
 * `describe PATH`: the description of a game with all its defaults, the game's folder and the file, as one line of JSON.
 */

import { readDescription } from '../description/read.js';
import { gameAndOptions, givenTable } from './words.js';

/** @param {string[]} words @returns {Promise<number>} */
export async function run(words) {
  const { path, values } = gameAndOptions(words, { given: { type: 'string' } }, 'describe PATH [--given JSON]');
  console.log(JSON.stringify(await readDescription(path, { given: givenTable(values.given) })));
  return 0;
}
