/**
 * Gathers what the instances of one request answer into as few messages as can be.
 */

import { GameFault } from './problems.js';

/** @typedef {import('./instances.js').Outcome} Outcome */
/** @typedef {import('./instances.js').Final} Final */
/** @typedef {import('./instances.js').Spaces} Spaces */
/** @typedef {import('./messages.js').Message} Message */

/**
 * Gathers what the instances of one request answer. Everything there at the first `flush` goes in one message; after
 * it, whatever arrives in one turn of the event loop does.
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
    /** @param {number} instance @param {any} outcome */
    add(instance, outcome) {
      if (outcome.type === 'frame') others.push(outcome);
      else gathered.put(instance, outcome);
      answered();
    },
    /** @param {number} instance @param {any} error */
    fail(instance, error) {
      report(error instanceof GameFault ? error.message : error);
      const code = error instanceof GameFault ? error.code : 'GAME_ERROR';
      others.push({ type: 'fault', code, message: String(error?.message ?? error), id: request.id, instances: [instance] });
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
    /** @param {number} instance @param {Outcome} outcome */
    put(instance, outcome) {
      observations.put(outcome.observation);
      instances.push(instance);
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
        ...(request.type === 'step' && columns),
        ...(infos.some(hasKeys) && { infos }),
        ...(finals.length > 0 && { finals }),
      };
    },
  };
}

/** @param {object} object */
function hasKeys(object) {
  for (const _ in object) return true;
  return false;
}
