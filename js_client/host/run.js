#!/usr/bin/env node
/**
 * Runs copies of a game without a window and connects them to a bridge, until it is told to stop.
 *
 *     node host/run.js --game examples/snake/game.js --url ws://127.0.0.1:7891 --instances 16
 *
 * Exits with 0 after SIGTERM, SIGINT or (with --stdin-leash) the end of its input, with 2 when it cannot start. On its
 * leash it also tells every second how it is; see heartbeat.js.
 */

import { keepAddresses } from './addresses.js';
import { CannotStart, readArguments } from './arguments.js';
import { counted } from './counting.js';
import { beat } from './heartbeat.js';
import { firstLine } from './input.js';
import { loadGame } from './load.js';
import { serveByMessages } from './message-clock.js';
import { guardOf } from './vm/guard.js';
import { reportRejection } from './vm/realm.js';
import { serve } from '../src/index.js';

const log = {
  /** @param {string} line */
  info: (line) => console.log(line),
  /** @param {string} line @param {unknown} [error] */
  warn: (line, error) => console.error(...(error === undefined ? [line] : [line, error])),
};

// A game's stray promise must not end the games beside it, nor while they are being loaded.
process.on('unhandledRejection', (error, promise) => {
  if (!reportRejection(error, promise)) log.warn('stepwire: a promise of the game was rejected:', error);
});

try {
  await main();
} catch (error) {
  console.error(`stepwire-host: ${error instanceof CannotStart ? error.message : error}`);
  process.exit(2);
}

async function main() {
  const options = readArguments(process.argv.slice(2), process.env);
  const { game: path, url, instances, name, given, resolveEvery, isLeashed } = options;
  process.title = `stepwire-host ${name ?? path}`;
  if (isLeashed) beat(instances, log.info);
  const token = options.isTokenOnInput ? await firstLine(process.stdin) : options.token;
  const { game, description, makeGame } = await loadGame(path, { given, log });
  if (resolveEvery && typeof game !== 'function') {
    throw new CannotStart(`--resolve-every needs a function that makes a game, and ${path} exports one game`);
  }
  const common = { instances, token, log };
  /** @param {string} at */
  const open = (at) => {
    if (description?.messages && makeGame) {
      return serveByMessages({ ...common, url: at, makeGame, description: { ...description, ...(name && { name }) } });
    }
    const guard = description && guardOf(description.limits, instances);
    return serve(description ? game : counted(game), { ...common, url: at, name, guard });
  };
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
