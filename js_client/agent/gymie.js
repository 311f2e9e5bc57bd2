/**
 * The agent's side of a gymie connection: connect, make environments, close.
 *
 * Knows which of the two protocols is spoken. How a request finds its reply is in numbered.js and classic.js, the socket in
 * link.js.
 */

import { classic as inTurn } from './classic.js';
import { Env, options } from './env.js';
import { NoConnected } from './errors.js';
import { dialled, socketUrl } from './link.js';
import { numbered } from './numbered.js';

/** The WebSocket subprotocol of numbered requests. */
const SUBPROTOCOL = 'gymie.v2';
/** Milliseconds that a reply may take: more than the server's own deadlines, so that its word comes first. */
const TIMEOUT = 60_000;

/**
 * @typedef {object} ConnectOptions
 * @property {string} [token] where the server asks for one; goes into the address
 * @property {number} [timeout] milliseconds for connecting and for each reply, 60000 when left out; Infinity waits for ever
 * @property {boolean} [classic] for an old gymie server: no numbers, one request after the other
 */
/**
 * @typedef {object} MakeOptions
 * @property {number} [seed] of the first episode
 * @property {Record<string, any>} [kwargs] for the environment's constructor
 * @property {string} [renderMode] `rgb_array` or `ansi`
 */

/**
 * A connection to a server, and a new one with each `connect`.
 */
export class Gymie {
  /** @type {import('./link.js').Link|undefined} */
  #link;
  /** @type {import('./numbered.js').Talk|undefined} */
  #talk;

  /** Yours to replace: is told when the connection broke, after all that waited has been rejected. @type {(error: Error) => void} */
  onError = () => {};

  /** Yours to replace: is told when the connection has ended. @type {(code: number, reason: string) => void} */
  onClose = () => {};

  /**
   * Connects; a connection that was there before is closed.
   * @param {string|URL} address `ws://127.0.0.1:5000/gym`; `http:` is as good, and without a path /gym is meant
   * @param {ConnectOptions} [options]
   * @throws {import('./errors.js').ConnectFailed} nobody answers, it is refused, or the server does not speak the protocol
   */
  async connect(address, { token, timeout = TIMEOUT, classic = false } = {}) {
    const url = socketUrl(address, token);
    const before = this.close();
    const link = dialled(url, classic ? [] : [SUBPROTOCOL], timeout, {
      onMessage: (text) => talk.receive(text),
      onError: (error) => {
        talk.end(error);
        this.onError(error);
      },
      onEnd: (error, code, reason) => {
        talk.end(error);
        if (this.#talk === talk) this.#talk = undefined;
        this.onClose(code, reason);
      },
    });
    const ends = { send: link.send, close: link.close };
    const talk = classic ? inTurn(ends, timeout) : numbered(ends, timeout);
    this.#link = link;
    await link.opened;
    this.#talk = talk;
    await before;
  }

  /**
   * Makes an environment.
   * @template {import('./spaces.js').Space} [O=any]
   * @template {import('./spaces.js').Space} [A=any]
   * @param {string} envId
   * @param {number|MakeOptions} [how] a seed, or more than that
   * @returns {Promise<Env<O, A>>}
   * @throws {NoConnected} before `connect`, or after the connection's end
   * @throws {import('./errors.js').RequestFailed} the server has a reason not to
   */
  async make(envId, how = {}) {
    const { seed, kwargs, renderMode } = options(how);
    const { call } = this.#connected();
    return new Env(call, await call('make', { env_id: envId, seed, kwargs, render_mode: renderMode }));
  }

  /**
   * What can be made, as the server tells it. Not for classic servers.
   * @returns {Promise<{env_id: string, [field: string]: any}[]>}
   * @throws {NoConnected}
   */
  async listEnvs() {
    return this.#connected().call('list_envs');
  }

  /**
   * The server's version, limits and load. Not for classic servers.
   * @returns {Promise<Record<string, any>>}
   * @throws {NoConnected}
   */
  async serverInfo() {
    return this.#connected().call('server_info');
  }

  /**
   * Closes the connection, if there is one; what waits is rejected with ConnectionClosed.
   * @param {number} [code] 1000, or one of 3000 to 4999; any other counts as 1000
   * @param {string} [reason]
   * @returns {Promise<void>} when it is closed
   */
  async close(code, reason) {
    await this.#link?.close(code, reason);
  }

  #connected() {
    if (!this.#talk) throw new NoConnected('connect first');
    return this.#talk;
  }
}
