/**
 * One connection to a bridge, from its first byte to its end.
 *
 * Owns the link and the clock of the heartbeat; what is said is in conversation.js, what a link is in
 * transports/index.js.
 */

import { conversation } from './conversation.js';
import { SUBPROTOCOL } from './messages.js';

/** Milliseconds that a farewell waits for the other side of the closing handshake. */
const FAREWELL = 1000;
/** Until the bridge has told its own. */
const LIMITS = { heartbeat_seconds: 5, silence_seconds: 15 };

/**
 * Dials, says hello and answers, until either side ends it.
 * @param {object} way
 * @param {string} way.url
 * @param {import('./transports/index.js').Transport} way.transport
 * @param {import('./messages.js').Message} way.greeting the hello
 * @param {import('./instances.js').Perform} way.perform
 * @param {import('./serve.js').Log} way.log
 * @param {object} events
 * @param {() => void} events.onWelcome
 * @param {(reason: string) => void} events.onEnd is told exactly once, also when the connection never opened
 * @returns {{farewell: () => Promise<void>}} says bye and resolves when the connection has ended; may be called twice
 */
export function connect({ url, transport, greeting, perform, log }, { onWelcome, onEnd }) {
  const ended = promise();
  let isOpen = false;
  let isEnded = false;

  /** @param {string} reason */
  const end = (reason) => {
    if (isEnded) return;
    isEnded = true;
    silence.stop();
    ended.resolve();
    onEnd(reason);
  };
  const silence = silenceWatch(() => talk.isIdle(), (seconds) => {
    link.close(4408, 'SILENT');
    // A half-open connection answers no closing handshake either.
    end(`nothing heard for ${seconds} s`);
  });
  const link = transport(url, SUBPROTOCOL, {
    onOpen() {
      isOpen = true;
      talk.say(greeting);
    },
    onMessage(data) {
      if (isEnded) return;
      silence.heard();
      talk.receive(data);
    },
    onClose: (code, reason) => end(reason || `closed with code ${code}`),
  });
  const talk = conversation(greeting.instances, perform, {
    send(data) {
      if (isEnded) return;
      // An answer counts too: whoever has computed for long could not hear anything.
      silence.heard();
      link.send(data);
    },
    close: (code, reason) => link.close(code, reason),
    onWelcome(limits) {
      silence.watch({ ...LIMITS, ...limits });
      onWelcome();
    },
    log,
  });
  silence.watch(LIMITS);

  return {
    farewell() {
      if (isOpen && !isEnded) talk.say({ type: 'bye', reason: 'the game was closed' });
      link.close(1000, 'bye');
      const enough = setTimeout(() => end('closed'), FAREWELL);
      return ended.promise.finally(() => clearTimeout(enough));
    },
  };
}

/**
 * Looks every heartbeat whether something was heard, and tells when it has been too long.
 * @param {() => boolean} isIdle while false, nothing is expected
 * @param {(seconds: number) => void} onSilence
 */
function silenceWatch(isIdle, onSilence) {
  let last = Date.now();
  /** @type {any} */
  let timer;
  return {
    heard() {
      last = Date.now();
    },
    stop: () => clearInterval(timer),
    /** @param {{heartbeat_seconds: number, silence_seconds: number}} limits */
    watch({ heartbeat_seconds: every, silence_seconds: most }) {
      clearInterval(timer);
      timer = setInterval(() => {
        if (isIdle() && Date.now() - last >= most * 1000) onSilence(most);
      }, every * 1000);
    },
  };
}

/** A promise together with the functions that settle it. */
export function promise() {
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
