/**
 * One connection's talk with a bridge, from hello to bye: what is said, and what is done on each message. No socket,
 * no clock.
 */

import { inColumns } from './infos.js';
import { BadMessage, decode, encode, PROTOCOL } from './messages.js';
import { renderModes } from './pictures.js';

/** @typedef {import('./messages.js').Message} Message */
/** @typedef {{max_message_bytes: number, heartbeat_seconds: number, silence_seconds: number}} Limits */
/**
 * @typedef {object} Ends
 * @property {(data: string|Uint8Array) => void} send
 * @property {(code: number, reason: string) => void} close
 * @property {(limits: Partial<Limits>) => void} onWelcome
 * @property {import('./serve.js').Log} log
 */

/** Closes a connection whose other side talks nonsense; 1002 itself may not be given by a script. */
export const NONSENSE = 4400;

/**
 * The message that a game opens its connection with.
 * @param {import('./instances.js').Game} game
 * @param {{name: string, instances: number, token?: string}} options
 * @returns {Message}
 */
export function hello(game, { name, instances, token }) {
  return {
    type: 'hello', protocol: PROTOCOL, name,
    observation_space: game.observationSpace, action_space: game.actionSpace,
    metadata: { ...game.metadata, render_modes: renderModes(game) },
    instances, binary: true, ...(token && { token }), client: 'stepwire-js/0.1.0',
  };
}

/**
 * A conversation. `receive` takes what the socket delivers; `isIdle` is true while no request waits for its answer.
 * @param {number} instances how many copies there are
 * @param {import('./instances.js').Perform} perform
 * @param {Ends} ends
 */
export function conversation(instances, perform, { send, close, onWelcome, log }) {
  let open = 0;
  let limit = Infinity;
  let isWelcome = false;
  let readsColumns = false;

  /** @param {Message} message */
  const say = (message) => send(fitting(encode(message), message, limit, log));

  /** @param {Message} message */
  const answer = (message) => {
    open -= message.instances?.length ?? 1;
    say(readsColumns ? withColumns(message) : message);
  };

  /** @param {Message} request */
  const request = (request) => {
    if (!isWelcome) throw new BadMessage(`${request.type} before welcome`);
    fits(request, instances);
    open += request.instances.length;
    perform(request, answer);
  };

  /** @param {Message} message */
  const handle = (message) => {
    switch (message.type) {
      case 'reset': case 'step': case 'render': return request(message);
      case 'ping': return say({ type: 'pong' });
      case 'welcome':
        isWelcome = true;
        readsColumns = message.info_columns === true;
        limit = message.limits.max_message_bytes ?? Infinity;
        return onWelcome(message.limits);
      case 'fault': return log.warn(`stepwire: the bridge says ${message.code}: ${message.message}`);
      case 'bye': return log.warn(`stepwire: the bridge says bye: ${message.reason ?? 'no reason given'}`);
      // close: the instances are free again, which changes nothing for them; pong: hearing it was the point.
      default: return undefined;
    }
  };

  return {
    say,
    isIdle: () => open === 0,
    /** @param {string|ArrayBuffer|Uint8Array} data */
    receive(data) {
      try {
        handle(decode(data));
      } catch (error) {
        if (!(error instanceof BadMessage)) throw error;
        log.warn(`stepwire: ${error.message}`);
        say({ type: 'fault', code: 'BAD_MESSAGE', message: error.message });
        close(NONSENSE, 'BAD_MESSAGE');
      }
    },
  };
}

/** The message with its infos key by key, where it has several that allow it. @param {Message} message @returns {Message} */
function withColumns(message) {
  const columns = message.infos?.length > 1 ? inColumns(message.infos) : undefined;
  if (!columns) return message;
  const { infos, ...rest } = message;
  return { ...rest, info_columns: columns };
}

/** @param {Message} request @param {number} count */
function fits({ type, instances, seeds, actions }, count) {
  const strange = instances.find((/** @type {number} */ instance) => instance >= count);
  if (strange !== undefined) throw new BadMessage(`${type}: no instance ${strange}, there are ${count}`);
  if (type === 'reset' && seeds.length !== instances.length) throw new BadMessage('reset: not one seed for each instance');
  if (type === 'step' && typeof actions !== 'object') throw new BadMessage('step: actions must be a batch');
}

/**
 * The encoded answer, or a fault in its place where the bridge would close the connection over its size.
 * @param {string|Uint8Array} data
 * @param {Message} message
 * @param {number} limit
 * @param {import('./serve.js').Log} log
 */
function fitting(data, message, limit, log) {
  if (data.length <= limit) return data;
  const text = `${message.type} of ${data.length} bytes is over the bridge's max_message_bytes, ${limit}`;
  log.warn(`stepwire: ${text}`);
  const instances = message.instances ?? [message.instance];
  return encode({ type: 'fault', code: 'GAME_ERROR', message: text, id: message.id, instances });
}
