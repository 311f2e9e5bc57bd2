/**
 * Makes a game an environment: connects its copies to a bridge and keeps them connected.
 *
 * Knows when to dial again. One connection is in connection.js, what is said on it in conversation.js, what the game
 * does in instances.js.
 */

import { connect, promise } from './connection.js';
import { hello } from './conversation.js';
import { performer } from './instances.js';
import { transportHere } from './transports/index.js';

/** @typedef {import('./instances.js').Game} Game */
/** @typedef {import('./transports/index.js').Transport} Transport */
/** @typedef {{info: (line: string) => void, warn: (line: string, error?: unknown) => void}} Log */

/**
 * @typedef {object} Options
 * @property {string} url of the bridge, `ws://127.0.0.1:7891`
 * @property {string} [token] where the bridge asks for one
 * @property {number} [instances] copies of the game on this connection
 * @property {Transport} [transport] how to connect; that of the place where the code runs when left out
 * @property {string} [name] instead of the game's own
 * @property {Log} [log] the console when left out
 * @property {import('./instances.js').Guard} [guard] for games that may not come to an end by themselves
 */

/**
 * @typedef {object} Served
 * @property {Promise<void>} ready resolves when the bridge has welcomed the game for the first time; rejects when it is closed before
 * @property {() => Promise<void>} close says bye, stops reconnecting, resolves when the connection is closed
 * @property {() => boolean} isConnected whether the bridge has welcomed the connection that is open now
 */

/** Milliseconds before the first new try, and the most it doubles to. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 5000;

/**
 * Serves a game until `close`.
 * @param {Game|(() => Game)} game one copy, or a function that makes a fresh one (needed for more than one instance)
 * @param {Options} options
 * @returns {Served}
 * @throws {TypeError} the game lacks something, or there is no way to connect from here
 */
export function serve(game, { url, token, instances = 1, transport = transportHere(), name, log = console, guard }) {
  const games = copies(game, instances);
  const greeting = hello(games[0], { name: name ?? games[0].name ?? 'game', instances, token });
  const perform = performer(games, (problem) => log.warn(`stepwire: ${greeting.name}:`, problem), guard);
  const ready = promise();
  let isClosed = false;
  let isConnected = false;
  let tries = 0;
  /** @type {any} */
  let retry;
  /** @type {ReturnType<typeof connect>} */
  let current;

  const begin = () => {
    current = connect({ url, transport, greeting, perform, log }, { onWelcome, onEnd });
  };
  const onWelcome = () => {
    [tries, isConnected] = [0, true];
    log.info(`stepwire: ready: ${greeting.name}, ${instances} instance${instances > 1 ? 's' : ''}, at ${url}`);
    ready.resolve();
  };
  /** @param {string} reason */
  const onEnd = (reason) => {
    isConnected = false;
    if (isClosed) return;
    const wait = backoff(tries++);
    log.warn(`stepwire: not connected to ${url} (${reason}), trying again in ${(wait / 1000).toFixed(1)} s`);
    retry = setTimeout(begin, wait);
  };

  begin();
  return {
    ready: ready.promise,
    isConnected: () => isConnected,
    close() {
      isClosed = true;
      clearTimeout(retry);
      ready.reject(new Error('closed before the bridge answered'));
      return current.farewell();
    },
  };
}

/** Milliseconds to wait before try number `tries`, spread so that many games do not come back in step. @param {number} tries */
function backoff(tries) {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries);
  return wait * (0.5 + Math.random() / 2);
}

/** @param {Game|(() => Game)} game @param {number} instances @returns {Game[]} */
function copies(game, instances) {
  if (!Number.isSafeInteger(instances) || instances < 1) throw new TypeError(`instances must be 1 or more, got ${instances}`);
  if (typeof game === 'function') return Array.from({ length: instances }, () => complete(game()));
  if (instances > 1) throw new TypeError('several instances need a function that makes a game, not one game');
  return [complete(game)];
}

/** @param {Game} game */
function complete(game) {
  for (const part of /** @type {const} */ (['observationSpace', 'actionSpace', 'reset', 'step'])) {
    if (!game?.[part]) throw new TypeError(`the game has no ${part}`);
  }
  return game;
}
