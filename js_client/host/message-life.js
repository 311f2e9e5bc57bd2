/**
 * One life of an instance whose clock messages drive: a realm, its one connection to the bridge, and the end of both.
 *
 * A message is delivered, then frames pass until the game has answered. What the game sends goes out at once.
 */

import { statistics } from './statistics.js';
import { guarded } from './vm/guard.js';

/** @typedef {Required<import('./realm/sockets.js').SocketHandlers>} Handlers */
/** @typedef {(url: string, protocols: string[], handlers: Handlers) => import('./realm/sockets.js').SocketLink} Connect */

/**
 * A game in a realm of its own.
 * @typedef {object} ClockedGame
 * @property {(frames: number) => void} advance
 * @property {() => void} dispose
 * @property {() => number} errors how many nobody caught
 */

/**
 * @typedef {object} LifeSettings
 * @property {(connect: Connect) => ClockedGame} makeGame
 * @property {Record<string, any>} description
 * @property {string} address where the bridge expects the game
 * @property {import('../src/serve.js').Log} log
 */

/**
 * @typedef {object} LifeEvents
 * @property {() => void} onOpen
 * @property {() => void} onHeard with each message
 * @property {(reason: string) => void} onEnd exactly once, unless `close` came first
 */

const NORMAL_CLOSURE = 1000;
/** Milliseconds that the other side has for its part of closing. */
const CLOSING = 3000;
const RESTART = /"restart":\s*true/;

/** The game has done something that ends its life. */
class GameFault extends Error {}

/**
 * Begins at once; `onEnd` is never called before this has returned.
 * @param {LifeSettings} settings @param {LifeEvents} events
 * @returns {{close: () => Promise<void>}}
 */
export function liveByMessages({ makeGame, description, address, log }, { onOpen, onHeard, onEnd }) {
  const { name, limits, messages } = description;
  /** @type {ClockedGame|undefined} */
  let game;
  /** @type {WebSocket|undefined} */
  let socket;
  let [sent, isOver] = [0, false];

  /** Ends everything, and tells whom it concerns. @param {string} reason */
  const end = (reason) => {
    if (isOver) return;
    isOver = true;
    hangUp(socket);
    game?.dispose();
    onEnd(reason);
  };

  /** Lets code of the game run; what it does wrong ends this life. @param {number} seconds @param {() => void} work */
  const play = (seconds, work) => {
    if (isOver) return;
    try {
      if (!guarded(work, seconds)) throw new GameFault(`it ran for more than ${seconds} s`);
      const errors = game?.errors() ?? 0;
      if (errors > limits.errors) throw new GameFault(`${errors} errors that nobody caught`);
    } catch (error) {
      statistics.faults += 1;
      end(String(error instanceof GameFault ? error.message : error));
    }
  };

  /** Frames until something is so, at least so many. @param {number} least @param {() => boolean} isSo */
  const pass = (least, isSo) => {
    const running = /** @type {ClockedGame} */ (game);
    running.advance(least);
    for (let frames = least; frames < messages.most_frames && !isSo() && !isOver; frames += 1) running.advance(1);
  };

  /** @param {Handlers} handlers @param {any} data */
  const hear = (handlers, data) => {
    if (isOver) return;
    onHeard();
    count(data);
    const before = sent;
    play(limits.step_seconds, () => {
      handlers.onMessage(data);
      pass(messages.frames, () => sent > before);
    });
    if (!isOver && sent === before) log.warn(`stepwire: ${name}: no answer in ${messages.most_frames} frames to ${shortened(data)}`);
  };

  /** @type {Connect} */
  const connect = (_url, _protocols, handlers) => {
    if (socket) return refused(handlers);
    const opened = dialled(address, {
      onOpen() {
        onOpen();
        play(limits.step_seconds, () => {
          handlers.onOpen();
          pass(messages.frames, () => true);
        });
      },
      onMessage: (data) => hear(handlers, data),
      onClose: (code, reason) => end(`its connection was closed (${[code, reason].filter(Boolean).join(' ')})`),
    });
    socket = opened;
    return {
      send(data) {
        sent += 1;
        opened.send(data);
      },
      close: (code, reason) => closeSocket(opened, code, reason),
    };
  };

  // Not at once: what comes of it is told to somebody who must know this life by then.
  const beginning = setImmediate(() => play(limits.reset_seconds, () => {
    game = makeGame(connect);
    pass(0, () => socket !== undefined);
    if (!socket) throw new GameFault(`it dialled nobody in ${messages.most_frames} frames`);
  }));

  return {
    async close() {
      clearImmediate(beginning);
      const isOpen = !isOver;
      isOver = true;
      if (isOpen) game?.dispose();
      await hangUp(socket);
    },
  };
}

/** @param {string} address @param {Pick<Handlers, 'onOpen'|'onMessage'|'onClose'>} handlers @returns {WebSocket} */
function dialled(address, { onOpen, onMessage, onClose }) {
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => onOpen();
  socket.onmessage = ({ data }) => onMessage(data);
  socket.onclose = ({ code, reason }) => onClose(code, reason);
  return socket;
}

/** The bridge is one and knows one connection of an instance. @param {Handlers} handlers */
function refused(handlers) {
  handlers.onError('there is one connection already');
  handlers.onClose(1006, '');
  return { send: () => undefined, close: () => undefined };
}

/** @param {WebSocket|undefined} socket @returns {Promise<void>} when it is closed, or has had its time */
function hangUp(socket) {
  if (!socket || socket.readyState === WebSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const enough = setTimeout(resolve, CLOSING);
    socket.onopen = socket.onmessage = null;
    socket.onclose = () => {
      clearTimeout(enough);
      resolve();
    };
    socket.close(NORMAL_CLOSURE);
  });
}

/** @param {WebSocket} socket @param {number} [code] @param {string} [reason] */
function closeSocket(socket, code = NORMAL_CLOSURE, reason = '') {
  const isAllowed = code === NORMAL_CLOSURE || (code >= 3000 && code < 5000);
  socket.close(isAllowed ? code : NORMAL_CLOSURE, reason);
}

/** @param {any} data */
function count(data) {
  if (typeof data === 'string' && RESTART.test(data)) statistics.episodes += 1;
  else statistics.steps += 1;
}

/** @param {any} data */
function shortened(data) {
  return typeof data === 'string' ? data.slice(0, 80) : `${data.byteLength} bytes`;
}
