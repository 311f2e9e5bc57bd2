/**
 * What a game did wrong: a value outside its space (where, what was expected there, and what was found), or a fault.
 * For the game's author to read.
 */

import { isList } from './arrays.js';

/** @typedef {{path: string, expected: string, found: string}} Problem */

/** The game did something that a trainer has to hear of; the codes are those of the game protocol. */
export class GameFault extends Error {
  /** @param {'GAME_ERROR'|'INVALID_OBSERVATION'|'UNSUPPORTED'} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** @param {string} path @param {string} expected @param {unknown} value @returns {Problem} */
export function problem(path, expected, value) {
  return { path, expected, found: shown(value) };
}

/** The same problem, seen from further out. @param {string} path @param {Problem|undefined} problem */
export function under(path, problem) {
  return problem && { ...problem, path: path + problem.path };
}

/**
 * A problem in one line, as in `observation.position[1]: expected a number in [-1, 1], got 3.2`.
 * @param {Problem} problem
 * @param {string} name what the whole value is called
 */
export function described({ path, expected, found }, name) {
  return `${name}${path}: expected ${expected}, got ${found}`;
}

/** A value in a few words: enough to recognise it, never a screenful. @param {unknown} value @returns {string} */
export function shown(value) {
  if (isList(value)) return `a list of ${value.length}`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (isObject(value)) return `an object with ${Object.keys(value).slice(0, 8).join(', ') || 'nothing in it'}`;
  return String(value);
}

/** An object with named entries, no list. @param {unknown} value @returns {value is Record<string, any>} */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !isList(value);
}
