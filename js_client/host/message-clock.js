/**
 * Serves games that speak a WebSocket protocol of their own, as WemiEnv's do: time passes in a game when a message comes.
 *
 * Knows when to begin anew. One life of an instance, from its realm to the end of its connection, is in message-life.js;
 * what the messages mean is between the game and the bridge's dialect.
 */

import { promise } from '../src/connection.js';
import { liveByMessages } from './message-life.js';

/** @typedef {import('../src/serve.js').Log} Log */
/** @typedef {import('./message-life.js').Connect} Connect */
/** @typedef {import('./message-life.js').ClockedGame} ClockedGame */

/**
 * @typedef {object} MessageOptions
 * @property {(how: {seed: number, connect: Connect}) => ClockedGame} makeGame loads the game; it may dial at once or later
 * @property {Record<string, any>} description normalised, with `messages`
 * @property {string} url of the bridge
 * @property {number} [instances]
 * @property {string} [token]
 * @property {number} [seed] of the first realm; each further one has the next number
 * @property {Log} [log]
 */

/** Milliseconds before the first new try, and the most it doubles to. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 5000;

/**
 * Serves instances of a game until `close`, each on a connection of its own.
 * @param {MessageOptions} options
 * @returns {import('../src/serve.js').Served} ready when all instances have been connected
 */
export function serveByMessages({ makeGame, description, url, instances = 1, token, log = console, seed = anySeed() }) {
  const address = gameAddress(url, description.name, token);
  const ready = promise();
  let missing = instances;
  let realms = 0;
  const onFirstOpen = () => {
    missing -= 1;
    if (missing > 0) return;
    log.info(`stepwire: ready: ${description.name}, ${instances} instance${instances > 1 ? 's' : ''}, at ${url}`);
    ready.resolve();
  };
  const kept = Array.from({ length: instances }, () => keepInstance({
    description, address, log, makeGame: (connect) => makeGame({ seed: seed + realms++, connect }),
  }, onFirstOpen));
  return {
    ready: ready.promise,
    isConnected: () => kept.every((instance) => instance.isOpen()),
    async close() {
      ready.reject(new Error('closed before the bridge answered'));
      await Promise.all(kept.map((instance) => instance.close()));
    },
  };
}

/**
 * Where a game of this name is expected: the dialect's path, whatever the game itself dials.
 * @param {string} url @param {string} name @param {string} [token]
 */
export function gameAddress(url, name, token) {
  const address = new URL(url);
  const escaped = encodeURIComponent(name).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  address.pathname = `${address.pathname.replace(/\/$/, '')}/wemi/${escaped}`;
  if (token) address.searchParams.set('token', token);
  return address.href;
}

/**
 * One instance: a life, and another one a while after each end.
 * @param {import('./message-life.js').LifeSettings} settings @param {() => void} onFirstOpen
 */
function keepInstance(settings, onFirstOpen) {
  let [isClosed, isOpen, wasOpen, tries] = [false, false, false, 0];
  /** @type {any} */
  let retry;
  /** @type {ReturnType<typeof liveByMessages>|undefined} */
  let life;

  const begin = () => {
    life = liveByMessages(settings, {
      onOpen() {
        isOpen = true;
        if (!wasOpen) onFirstOpen();
        wasOpen = true;
      },
      // Only what is said shows that the bridge takes the game.
      onHeard() { tries = 0; },
      onEnd(reason) {
        isOpen = false;
        if (isClosed) return;
        const wait = backoff(tries++);
        settings.log.warn(`stepwire: ${settings.description.name}: ${reason}; beginning anew in ${(wait / 1000).toFixed(1)} s`);
        retry = setTimeout(begin, wait);
      },
    });
  };

  begin();
  return {
    isOpen: () => isOpen,
    async close() {
      isClosed = true;
      clearTimeout(retry);
      await life?.close();
    },
  };
}

/** Milliseconds to wait before try number `tries`, spread so that many instances do not come back in step. @param {number} tries */
function backoff(tries) {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries);
  return wait * (0.5 + Math.random() / 2);
}

/** The dialect has no word for seeds: what differs from process to process must not play the same episodes. */
function anySeed() {
  return Math.floor(Math.random() * 2 ** 31);
}
