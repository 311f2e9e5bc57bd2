/**
 * `init PATH`: a first draft of a game's description, printed, or with `--write` put into the game's folder.
 */

import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { firstDraft } from '../description/init.js';
import { USUAL_NAMES } from '../description/read.js';
import { CommandProblem, gameAndOptions } from './words.js';

/** @param {string[]} words @returns {Promise<number>} */
export async function run(words) {
  const { path, values } = gameAndOptions(words, { write: { type: 'boolean' } }, 'init PATH [--write]');
  const draft = firstDraft(path);
  if (!values.write) {
    process.stdout.write(draft);
    return 0;
  }
  const folder = statSync(path).isDirectory() ? resolve(path) : dirname(resolve(path));
  const present = USUAL_NAMES.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (present) throw new CommandProblem(`${present} is there already, and nothing is written over it`);
  const file = join(folder, USUAL_NAMES[0]);
  writeFileSync(file, draft, { flag: 'wx' });
  console.log(`${file} is written. Look it over, then: stepwire host --check ${folder}`);
  return 0;
}
