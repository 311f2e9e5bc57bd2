/**
 * The host's tools: describe, check, init, schema, page, verify, setup. Each is a module in commands/, loaded when it is called.
 *
 *     node tools.js check path/to/game
 *
 * Knows the table of commands and the exit codes: 0 all is well, 1 something of the game is wrong, 2 it could not be tried.
 */

import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { CannotStart } from './arguments.js';
import { CommandProblem } from './commands/words.js';
import { BadDescription } from './description/check.js';

/** @typedef {(words: string[]) => Promise<number>} Run gives the exit code */

/** @type {Record<string, {usage: string, does: string}>} */
export const COMMANDS = {
  describe: { usage: 'PATH [--given JSON]', does: 'print the description with all its defaults, as JSON' },
  check: { usage: 'PATH [--given JSON] [--steps N]', does: 'say what is wrong with a description, then play the game for a while' },
  init: { usage: 'PATH [--write]', does: 'look at a game and draft its description' },
  schema: { usage: '', does: 'print the JSON Schema of descriptions' },
  page: { usage: 'FILE', does: 'print a page about descriptions with its tables of fields renewed' },
  verify: { usage: 'PATH …', does: 'play a game here and in Chromium, and compare' },
  setup: { usage: '', does: 'install what is optional' },
};

/**
 * Runs one command.
 * @param {string[]} words the command, and what belongs to it
 * @returns {Promise<number>} the exit code
 */
export async function main([command = '--help', ...words]) {
  if (command === '--help' || command === '-h') return usage(console.log, 0);
  if (!Object.hasOwn(COMMANDS, command)) {
    console.error(`stepwire-host: there is no command ${command}`);
    return usage(console.error, 2);
  }
  try {
    const { run } = await import(`./commands/${command}.js`);
    return (await run(words)) ?? 0;
  } catch (error) {
    const { name, message, stack } = /** @type {Error} */ (error);
    // What is known to go wrong has classes of its own; anything else is a mistake of ours, and its stack is wanted.
    const isKnown = [CommandProblem, BadDescription, CannotStart].some((kind) => error instanceof kind);
    for (const line of (isKnown ? message : stack ?? `${name}: ${message}`).split('\n')) console.error(`stepwire-host: ${line}`);
    return 2;
  }
}

/** @param {(line: string) => void} print @param {number} code */
function usage(print, code) {
  print('usage: node tools.js COMMAND …');
  for (const [name, { usage, does }] of Object.entries(COMMANDS)) print(`  ${`${name} ${usage}`.padEnd(40)}${does}`);
  return code;
}

/** @param {string|undefined} script */
function isCalled(script) {
  return script !== undefined && realpathSync(script) === realpathSync(fileURLToPath(import.meta.url));
}

if (isCalled(process.argv[1])) process.exitCode = await main(process.argv.slice(2));
