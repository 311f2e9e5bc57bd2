/**
 * Makes a game an environment: connects its copies to a bridge and keeps them connected.
 *
 * Owns the clock (reconnecting, heartbeat) and the link; what is said is in conversation.js, what the game does in
 * instances.js, what a link is in transports/index.js.
 */

import { conversation, hello } from './conversation.js';
import { performer } from './instances.js';
import { SUBPROTOCOL } from './messages.js';
import { transportHere } from './transports/index.js';

/** @typedef {import('./instances.js').Game} Game */
/** @typedef {import('./transports/index.js').Link} Link */
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
/** Milliseconds that `close` waits for the other side of a closing handshake. */
const FAREWELL = 1000;
/** Until the bridge has told its own. */
const LIMITS = { heartbeat_seconds: 5, silence_seconds: 15 };

/**
 * Serves a game until `close`.
 * @param {Game|(() => Game)} game one copy, or a function that makes a fresh one (needed for more than one instance)
 * @param {Options} options
 * @returns {Served}
 * @throws {TypeError} the game lacks something, or there is no way to connect from here
 */
export function serve(game, { url, token, instances = 1, transport = transportHere(), name, log = console }) {
  const games = copies(game, instances);
  const greeting = hello(games[0], { name: name ?? games[0].name ?? 'game', instances, token });
  const perform = performer(games, (problem) => log.warn(`stepwire: ${greeting.name}:`, problem));
  const ready = promise();
  let isClosed = false;
  let isConnected = false;
  let tries = 0;
  /** @type {any} */
  let retry;
  /** @type {ReturnType<typeof connect>} */
  let current;

  const begin = () => {
    current = connect(url, transport, greeting, perform, log, { onWelcome, onEnd });
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

/**
 * One connection from its first byte to its end, which `onEnd` is told exactly once.
 * @param {string} url
 * @param {Transport} transport
 * @param {import('./messages.js').Message} greeting
 * @param {import('./instances.js').Perform} perform
 * @param {Log} log
 * @param {{onWelcome: () => void, onEnd: (reason: string) => void}} events
 */
function connect(url, transport, greeting, perform, log, { onWelcome, onEnd }) {
  const ended = promise();
  let isOpen = false;
  let isEnded = false;
  let heard = Date.now();
  /** @type {any} */
  let heartbeat;

  /** @param {string} reason */
  const end = (reason) => {
    if (isEnded) return;
    isEnded = true;
    clearInterval(heartbeat);
    ended.resolve();
    onEnd(reason);
  };
  const watch = ({ heartbeat_seconds: every, silence_seconds: most } = LIMITS) => {
    clearInterval(heartbeat);
    heartbeat = setInterval(() => {
      if (!talk.isIdle() || Date.now() - heard < most * 1000) return;
      link.close(4408, 'SILENT');
      // A half-open connection answers no closing handshake either.
      end(`nothing heard for ${most} s`);
    }, every * 1000);
  };

  const link = transport(url, SUBPROTOCOL, {
    onOpen() {
      isOpen = true;
      talk.say(greeting);
    },
    onMessage(data) {
      if (isEnded) return;
      heard = Date.now();
      talk.receive(data);
    },
    onClose: (code, reason) => end(reason || `closed with code ${code}`),
  });
  const talk = conversation(greeting.instances, perform, {
    send(data) {
      if (isEnded) return;
      // An answer counts too: whoever has computed for long could not hear anything.
      heard = Date.now();
      link.send(data);
    },
    close: (code, reason) => link.close(code, reason),
    onWelcome(limits) {
      watch({ ...LIMITS, ...limits });
      onWelcome();
    },
    log,
  });
  watch();

  return {
    farewell() {
      if (isOpen && !isEnded) talk.say({ type: 'bye', reason: 'the game was closed' });
      link.close(1000, 'bye');
      const enough = setTimeout(() => end('closed'), FAREWELL);
      return ended.promise.finally(() => clearTimeout(enough));
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

/** A promise together with the functions that settle it. */
function promise() {
  /** @type {() => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  /** @type {Promise<void>} */
  const promise = new Promise((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  // Nobody has to wait for it.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
