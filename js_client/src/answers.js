/**
 * Gathers what the instances of one request answer into as few messages as can be.
 */

import { NumericArray } from './arrays.js';
import { GameFault } from './problems.js';

/** @typedef {import('./instances.js').Outcome} Outcome */
/** @typedef {import('./instances.js').Final} Final */
/** @typedef {import('./instances.js').Spaces} Spaces */
/** @typedef {import('./messages.js').Message} Message */

/** From so many instances on, rewards and flags go as arrays: quicker to write and to read than lists. */
const ARRAYS_FROM = 16;

/**
 * Gathers what the instances of one request answer. Everything there at the first `flush` goes in one message; after
 * it, whatever arrives in one turn of the event loop does. Instances are named by their places in the request.
 * @param {Message} request
 * @param {Spaces} spaces
 * @param {(answer: Message) => void} send
 * @param {(problem: unknown) => void} report
 */
export function answersTo(request, spaces, send, report) {
  let left = request.instances.length;
  let gathered = gathering(request, spaces, left);
  /** @type {Message[]} */
  let others = [];
  let isFlushed = false;
  let isWaiting = false;
  const answered = () => {
    left -= 1;
    if (!isFlushed || isWaiting) return;
    isWaiting = true;
    Promise.resolve().then(flush);
  };
  const flush = () => {
    const state = gathered.message();
    if (state) send(state);
    others.forEach(send);
    [isFlushed, isWaiting, others] = [true, false, []];
    if (left > 0) gathered = gathering(request, spaces, left);
  };
  return {
    flush,
    /** @param {number} place @param {any} outcome */
    add(place, outcome) {
      if (request.type === 'render') others.push(outcome);
      else gathered.put(place, outcome);
      answered();
    },
    /** @param {number} place @param {any} error */
    fail(place, error) {
      report(error instanceof GameFault ? error.message : error);
      const code = error instanceof GameFault ? error.code : 'GAME_ERROR';
      const instances = [request.instances[place]];
      others.push({ type: 'fault', code, message: String(error?.message ?? error), id: request.id, instances });
      answered();
    },
  };
}

/** @param {Message} request @param {Spaces} spaces @param {number} capacity */
function gathering(request, spaces, capacity) {
  const observations = spaces.observations.gather(request.type === 'render' ? 0 : capacity);
  /** @type {number[]} */
  const instances = [];
  /** @type {{rewards: number[], terminated: boolean[], truncated: boolean[]}} */
  const columns = { rewards: [], terminated: [], truncated: [] };
  /** @type {Record<string, any>[]} */
  const infos = [];
  /** @type {Final[]} */
  const finals = [];
  return {
    /** @param {number} place @param {Outcome} outcome */
    put(place, outcome) {
      observations.put(outcome.observation);
      instances.push(request.instances[place]);
      infos.push(outcome.info);
      columns.rewards.push(outcome.reward);
      columns.terminated.push(outcome.terminated);
      columns.truncated.push(outcome.truncated);
      if (outcome.final) finals.push(outcome.final);
    },
    /** @returns {Message|undefined} the fields that do not apply are left out */
    message() {
      if (instances.length === 0) return undefined;
      return {
        type: 'state', id: request.id, instances, observations: observations.take(),
        ...(request.type === 'step' && (instances.length < ARRAYS_FROM ? columns : asArrays(columns))),
        ...(infos.some(hasKeys) && { infos }),
        ...(finals.length > 0 && { finals }),
      };
    },
  };
}

/** @param {{rewards: number[], terminated: boolean[], truncated: boolean[]}} columns */
function asArrays({ rewards, terminated, truncated }) {
  const shape = [rewards.length];
  return {
    rewards: new NumericArray('float64', shape, new Float64Array(rewards)),
    terminated: new NumericArray('bool', shape, bits(terminated)),
    truncated: new NumericArray('bool', shape, bits(truncated)),
  };
}

/** @param {boolean[]} flags */
function bits(flags) {
  const bytes = new Uint8Array(flags.length);
  for (let i = 0; i < flags.length; i += 1) if (flags[i]) bytes[i] = 1;
  return bytes;
}

/** @param {object} object */
function hasKeys(object) {
  for (const _ in object) return true;
  return false;
}
