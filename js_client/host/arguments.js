/**
 * The command line of the host: what it may say, and what it means.
 */

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** The host cannot start; the message is one line for the person who started it. */
export class CannotStart extends Error {}

const USAGE = 'usage: run.js --game PATH --url ws://HOST:PORT [--instances N] [--token-file FILE] [--name NAME] '
  + '[--given JSON] [--resolve-every SECONDS] [--stdin-token] [--stdin-leash]';

/**
 * @param {string[]} words without node and the script
 * @param {Record<string, string|undefined>} environment STEPWIRE_TOKEN is read where no --token-file is given
 * @throws {CannotStart} a flag that there is not, or a value that makes no sense
 */
export function readArguments(words, environment) {
  const flags = parsed(words);
  if (!flags.game || !flags.url) throw new CannotStart(`--game and --url are needed; ${USAGE}`);
  return {
    game: flags.game,
    url: webSocketUrl(flags.url),
    instances: number('--instances', flags.instances, Number.isSafeInteger),
    token: flags['token-file'] ? fileText(flags['token-file']) : environment.STEPWIRE_TOKEN,
    isTokenOnInput: flags['stdin-token'],
    name: flags.name,
    given: flags.given === undefined ? undefined : table(flags.given),
    resolveEvery: flags['resolve-every'] && number('--resolve-every', flags['resolve-every'], Number.isFinite),
    isLeashed: flags['stdin-leash'],
  };
}

/** @param {string[]} words */
function parsed(words) {
  try {
    return parseArgs({
      args: words,
      options: {
        game: { type: 'string' },
        url: { type: 'string' },
        instances: { type: 'string', default: '1' },
        'token-file': { type: 'string' },
        'stdin-token': { type: 'boolean', default: false },
        name: { type: 'string' },
        given: { type: 'string' },
        'resolve-every': { type: 'string' },
        'stdin-leash': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const [reason] = /** @type {Error} */ (error).message.split('\n')[0].split('. ');
    throw new CannotStart(`${reason}; ${USAGE}`, { cause: error });
  }
}

/** @param {string} text */
function webSocketUrl(text) {
  if (!URL.canParse(text) || !/^wss?:$/.test(new URL(text).protocol)) {
    throw new CannotStart(`--url: expected ws://HOST:PORT or wss://…, got ${text}`);
  }
  return text;
}

/** @param {string} flag @param {string} text @param {(value: number) => boolean} fits */
function number(flag, text, fits) {
  const value = Number(text);
  if (!fits(value) || value <= 0) throw new CannotStart(`${flag}: expected a number above 0, got ${text}`);
  return value;
}

/** What the description's file says, read by whoever can read its form. @param {string} text @returns {Record<string, any>} */
function table(text) {
  try {
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // said below
  }
  throw new CannotStart(`--given: expected a JSON object, got ${text.slice(0, 80)}`);
}

/** @param {string} path */
function fileText(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new CannotStart(`--token-file: ${/** @type {Error} */ (error).message}`, { cause: error });
  }
}
