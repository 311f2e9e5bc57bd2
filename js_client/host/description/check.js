/**
 * Holds a whole description against its fields and against itself, and tells all that is wrong at once.
 *
 * Reads no files: whether what it names is there is read.js's to see.
 */

import { isObject, shown } from '../../src/problems.js';
import { DESCRIPTION } from './fields.js';
import { checkRules } from './rules.js';
import { checked } from './values.js';

/** @typedef {import('./values.js').Problem} Problem */

/** A description that no game can be run by. Its message has a line for each problem. */
export class BadDescription extends Error {
  /** @param {Problem[]} problems */
  constructor(problems) {
    super(problems.map(line).join('\n'));
    this.problems = problems;
  }
}

/** @param {Problem} problem */
function line({ path, message }) {
  return path ? `${path}: ${message}` : message;
}

/** The screen of each kind, where the description names none: an old phone's, or an old monitor's. */
export const SCREENS = { wechat: { width: 375, height: 667 }, browser: { width: 640, height: 480 }, node: { width: 640, height: 480 } };

/**
 * A description with all defaults, as JSON has it; functions are `{function: text}`.
 * @param {any} given what the file says, with `kind`, `entry` and `name`
 * @param {{file?: string, problems?: Problem[]}} [context] the file it stands in, and what is known to be wrong
 * @returns {Record<string, any>}
 * @throws {BadDescription}
 */
export function normalised(given, { file, problems = [] } = {}) {
  const found = [...problems];
  /** @type {import('./values.js').Note} */
  const note = (path, message) => void found.push({ path, message });
  if (!isObject(given)) throw new BadDescription([{ path: '', message: `${file ?? 'the description'}: expected a table of fields, got ${shown(given)}` }]);
  const description = checked(DESCRIPTION, given, '', note);
  fillIn(description);
  checkRules(description, note, given);
  if (found.length > 0) throw new BadDescription(found);
  return description;
}

/** What depends on something else. @param {Record<string, any>} description */
function fillIn(description) {
  const { kind, screen, mounts } = description;
  const size = SCREENS[/** @type {keyof typeof SCREENS} */ (kind)] ?? SCREENS.browser;
  if (screen) description.screen = { ...screen, width: screen.width ?? size.width, height: screen.height ?? size.height };
  if (mounts) description.mounts = Object.fromEntries(Object.entries(mounts).map(([path, at]) => [path.startsWith('/') ? path : `/${path}`, at]));
}
