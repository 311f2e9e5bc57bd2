/**
 * Requests that carry a number, and replies that say it: gymie's version 2. No socket.
 *
 * Many may be on their way at once. A reply that nobody waits for changes nothing.
 */

import { RequestFailed } from './errors.js';
import { opened, written } from './values.js';
import { waiting } from './waiting.js';

/**
 * What an agent says on one connection.
 * @typedef {object} Talk
 * @property {(method: string, params?: Record<string, any>) => Promise<any>} call a request, and the result of its reply
 * @property {(text: string) => void} receive what the socket delivers
 * @property {(error: Error) => void} end rejects what waits, and all that is asked later
 */
/** @typedef {{send: (text: string) => void, close: (code: number, reason: string) => void}} Ends */

/**
 * @param {Ends} ends
 * @param {number} timeout of each request, milliseconds
 * @returns {Talk}
 */
export function numbered({ send }, timeout) {
  /** @type {Map<unknown, import('./waiting.js').Waiting>} */
  const open = new Map();
  let last = 0;
  /** @type {Error|undefined} */
  let ended;

  /** @param {number} id */
  const take = (id) => {
    const request = open.get(id);
    open.delete(id);
    return request;
  };

  return {
    async call(method, params = {}) {
      if (ended) throw ended;
      const id = last += 1;
      const text = written({ id, method, params });
      const request = waiting(timeout, () => take(id)?.reject(new RequestFailed('TIMEOUT', `no reply to ${method} within ${timeout} ms`)));
      open.set(id, request);
      send(text);
      return request.promise;
    },
    receive(text) {
      const reply = opened(text);
      const request = take(reply?.id);
      if (!request) return;
      if (reply.error) request.reject(failure(reply.error));
      else request.resolve(reply.result);
    },
    end(error) {
      ended = error;
      for (const request of open.values()) request.reject(error);
      open.clear();
    },
  };
}

/** @param {any} error */
function failure({ reason, message, data }) {
  return new RequestFailed(String(reason ?? 'UNKNOWN'), String(message ?? reason), data);
}
