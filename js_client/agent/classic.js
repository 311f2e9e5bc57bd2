/**
 * Requests one after the other, each sent when the one before is answered: how old gymie servers talk. No socket.
 *
 * Their replies carry no number and no word for an error: whatever comes while a request waits is its reply, and an error
 * ends the connection. So does a reply that stays out, since it might come later and be taken for another's.
 */

import { ConnectionClosed, RequestFailed } from './errors.js';
import { loose, written } from './values.js';
import { waiting } from './waiting.js';

/** Says why we hang up; from 4000 on a script may choose. */
const TIMED_OUT = 4408;

/** The parameters that an old server knows, where they are more than the instance. @type {Record<string, string[]>} */
const PARAMETERS = { make: ['env_id', 'seed', 'kwargs'], step: ['instance_id', 'action'] };

/** What a reply means, in the words of numbered replies. @type {Record<string, (text: string) => any>} */
const REPLIES = {
  make: (text) => ({ instance_id: identifier(text) }),
  reset: (text) => ({ observation: loose(text), info: {} }),
  step: (text) => stepped(loose(text)),
  close: loose,
  observation_space: loose,
  action_space: loose,
  action_sample: loose,
};

/**
 * @param {import('./numbered.js').Ends} ends
 * @param {number} timeout of each request from when it is sent, milliseconds
 * @returns {import('./numbered.js').Talk}
 */
export function classic({ send, close }, timeout) {
  /** When the last request that was made has had its reply. @type {Promise<unknown>} */
  let turn = Promise.resolve();
  /** @type {import('./waiting.js').Waiting|undefined} */
  let current;
  /** @type {Error|undefined} */
  let ended;

  /** @param {string} method @param {string} text */
  const ask = async (method, text) => {
    if (ended) throw ended;
    const request = waiting(timeout, () => {
      ended = new ConnectionClosed(TIMED_OUT, 'TIMEOUT');
      request.reject(new RequestFailed('TIMEOUT', `no reply to ${method} within ${timeout} ms; the connection is closed`));
      close(TIMED_OUT, 'TIMEOUT');
    });
    current = request;
    send(text);
    return understood(method, await request.promise);
  };

  return {
    async call(method, params = {}) {
      const text = written({ method, params: known(method, params) });
      const reply = turn.then(() => ask(method, text));
      turn = reply.catch(() => {});
      return reply;
    },
    receive(text) {
      current?.resolve(text);
    },
    end(error) {
      ended ??= error;
      current?.reject(error);
    },
  };
}

/**
 * The parameters as an old server wants them: it closes the connection over one that it does not know.
 * @param {string} method @param {Record<string, any>} params
 */
function known(method, { ...params }) {
  const names = PARAMETERS[method] ?? ['instance_id'];
  const strange = Object.keys(params).find((name) => params[name] !== undefined && !names.includes(name));
  if (!(method in REPLIES)) throw new RequestFailed('UNSUPPORTED', `a classic server has no ${method}`);
  if (strange) throw new RequestFailed('UNSUPPORTED', `${method} of a classic server takes no ${strange}`);
  const { kwargs, ...rest } = params;
  return { ...rest, ...kwargs };
}

/** @param {string} method @param {string} text */
function understood(method, text) {
  try {
    return REPLIES[method](text);
  } catch (error) {
    throw new RequestFailed('BAD_REPLY', `the reply to ${method} cannot be read: ${text.slice(0, 80)}`, { text, error });
  }
}

/** A bare id as the server sends it, which may look like a number; or in an object, as its README shows it. @param {string} text */
function identifier(text) {
  return /^\s*[{"]/.test(text) ? loose(text).instance_id ?? loose(text) : text.trim();
}

/** @param {[any, number, boolean, Record<string, any>]} reply */
function stepped([observation, reward, done, info]) {
  const truncated = done && info?.['TimeLimit.truncated'] === true;
  return { observation, reward, terminated: done && !truncated, truncated, info };
}
