/**
 * An environment on a server, as an agent sees it.
 */

import { fromBase64 } from '../src/bytes.js';
import { oldForm } from './spaces.js';

/** @typedef {import('./spaces.js').Space} Space */
/** @typedef {import('./spaces.js').Discrete} Discrete */
/** @typedef {import('./spaces.js').Continuous} Continuous */
/** @typedef {import('./spaces.js').MultiBinary} MultiBinary */
/** @typedef {import('./spaces.js').MultiDiscrete} MultiDiscrete */
/** @template T @typedef {T extends Discrete ? number : T extends (Continuous|MultiBinary|MultiDiscrete) ? number[] : any} State */
/** @template T @typedef {State<T>} Action */
/** @typedef {number} Reward */
/** @typedef {boolean} Done */
/** @typedef {Record<string, any>} Info */
/**
 * `[state, reward, done, info]`; `done` is true where the episode is terminated or truncated.
 * @template T
 * @typedef {[State<T>, Reward, Done, Info] & {terminated: boolean, truncated: boolean}} Step
 */

/**
 * One instance, which belongs to the connection that made it and ends with it.
 *
 * Every call rejects with RequestFailed where the server refuses it, and with ConnectionClosed or ConnectionError where the
 * connection ends or has ended.
 * @template {Space} [O=any] the observation space
 * @template {Space} [A=any] the action space
 */
export class Env {
  #call;

  /** @param {import('./numbered.js').Talk['call']} call @param {any} made the result of `make` */
  constructor(call, { instance_id, metadata = {}, render_mode = null }) {
    /** @param {string} method @param {Record<string, any>} [params] */
    this.#call = (method, params) => call(method, { instance_id, ...params });
    /** The server's name for it. @type {string} */
    this.instanceId = instance_id;
    /** In Gymnasium's words: `render_modes`, `render_fps`. @type {Record<string, any>} */
    this.metadata = metadata;
    /** @type {string|null} */
    this.renderMode = render_mode;
    /** What the last reset or step told besides. @type {Info} */
    this.info = {};
  }

  /**
   * @param {Action<A>|ArrayLike<number>} action of the action space; arrays may be typed
   * @returns {Promise<Step<O>>}
   */
  async step(action) {
    const { observation, reward, terminated, truncated, info } = await this.#call('step', { action });
    this.info = info;
    const step = [observation, reward, terminated || truncated, info];
    return /** @type {any} */ (Object.assign(step, { terminated, truncated }));
  }

  /**
   * Begins an episode.
   * @param {number|{seed?: number, options?: Record<string, any>}} [how] a seed, or more than that; not for classic servers
   * @returns {Promise<State<O>>} the first observation
   */
  async reset(how = {}) {
    const { seed, options: more } = options(how);
    const { observation, info } = await this.#call('reset', { seed, options: more });
    this.info = info;
    return observation;
  }

  /** @returns {Promise<O>} */
  async observationSpace() {
    return oldForm(await this.#call('observation_space'));
  }

  /** @returns {Promise<A>} */
  async actionSpace() {
    return oldForm(await this.#call('action_space'));
  }

  /**
   * An action by chance, drawn by the server.
   * @param {number} [seed] not for classic servers
   * @returns {Promise<Action<A>>}
   */
  async actionSample(seed) {
    return this.#call('action_sample', { seed });
  }

  /**
   * A picture of what is now: text, or the bytes of a PNG; by the mode that `make` was given. Not for classic servers.
   * @returns {Promise<string|Uint8Array>}
   */
  async render() {
    const { text, png } = await this.#call('render');
    return text ?? (typeof png === 'string' ? fromBase64(png) : png);
  }

  /** Ends it. @returns {Promise<boolean>} true */
  async close() {
    return this.#call('close');
  }
}

/** What is meant where a seed may stand for more. @param {any} how @returns {any} */
export function options(how) {
  return typeof how === 'object' ? how ?? {} : { seed: how };
}
