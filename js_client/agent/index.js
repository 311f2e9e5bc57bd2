/**
 * stepwire for agents: an agent in JavaScript, in a browser or in Node, plays environments on a server that speaks gymie.
 */

export { Gymie, Gymie as default } from './gymie.js';
export { Env } from './env.js';
export { ConnectFailed, ConnectionClosed, ConnectionError, NoConnected, RequestFailed } from './errors.js';

/** @typedef {import('./env.js').Space} Space */
/** @typedef {import('./env.js').Discrete} Discrete */
/** @typedef {import('./env.js').Continuous} Continuous */
/** @typedef {import('./env.js').MultiBinary} MultiBinary */
/** @typedef {import('./env.js').MultiDiscrete} MultiDiscrete */
/** @template T @typedef {import('./env.js').State<T>} State */
/** @template T @typedef {import('./env.js').Action<T>} Action */
/** @template T @typedef {import('./env.js').Step<T>} Step */
/** @typedef {import('./env.js').Reward} Reward */
/** @typedef {import('./env.js').Done} Done */
/** @typedef {import('./env.js').Info} Info */
