#!/usr/bin/env node
/**
 * Runs copies of a game without a window and connects them to a bridge, until it is told to stop.
 *
 *     node host/run.js --game examples/snake/game.js --url ws://127.0.0.1:7891 --instances 16
 *
 * Exits with 0 after SIGTERM, SIGINT or (with --stdin-leash) the end of its input, with 2 when it cannot start.
 */

import { keepAddresses } from './addresses.js';
import { CannotStart, readArguments } from './arguments.js';
import { loadGame } from './load.js';
import { serve } from '../src/index.js';

const log = {
  /** @param {string} line */
  info: (line) => console.log(line),
  /** @param {string} line @param {unknown} [error] */
  warn: (line, error) => console.error(...(error === undefined ? [line] : [line, error])),
};

try {
  await main();
} catch (error) {
  console.error(`stepwire-host: ${error instanceof CannotStart ? error.message : error}`);
  process.exit(2);
}

async function main() {
  const { game: path, url, instances, token, name, resolveEvery, isLeashed } = readArguments(process.argv.slice(2), process.env);
  const game = await loadGame(path);
  // A game's stray promise must not end the games beside it.
  process.on('unhandledRejection', (error) => log.warn('stepwire: a promise of the game was rejected:', error));
  /** @param {string} at */
  const open = (at) => serve(game, { url: at, instances, token, name, log });
  if (resolveEvery && typeof game !== 'function') {
    throw new CannotStart(`--resolve-every needs a function that makes a game, and ${path} exports one game`);
  }
  const served = resolveEvery ? keepAddresses(url, resolveEvery, open, log) : open(url);
  stopOnce(() => served.close(), isLeashed);
}

/** @param {() => Promise<void>} close @param {boolean} isLeashed */
function stopOnce(close, isLeashed) {
  /** @type {Promise<never>|undefined} */
  let ending;
  const stop = () => {
    ending ??= close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (isLeashed) process.stdin.resume().on('close', stop).on('error', stop);
}
