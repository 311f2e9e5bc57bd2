/**
 * The words of a command: a game, and options of the command's own.
 */

import { parseArgs } from 'node:util';

/** What a command can't go on with: lines for whoever called it. */
export class CommandProblem extends Error {}

/**
 * @param {string[]} words
 * @param {import('node:util').ParseArgsConfig['options']} options
 * @param {string} usage
 * @returns {{path: string, values: Record<string, any>}}
 * @throws {CommandProblem}
 */
export function gameAndOptions(words, options, usage) {
  let parsed;
  try {
    parsed = parseArgs({ args: words, options, allowPositionals: true });
  } catch (error) {
    throw new CommandProblem(`${/** @type {Error} */ (error).message}\nusage: ${usage}`);
  }
  const { positionals, values } = parsed;
  if (positionals.length !== 1) throw new CommandProblem(`expected one PATH, got ${positionals.length}\nusage: ${usage}`);
  return { path: positionals[0], values };
}

/** What a description's file says, where somebody has read it already. @param {string|undefined} text @returns {Record<string, any>|undefined} */
export function givenTable(text) {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandProblem(`--given: is not JSON: ${/** @type {Error} */ (error).message}`);
  }
}
