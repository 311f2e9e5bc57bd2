/**
 * The infos of many instances key by key, as a bridge reads them with the least work.
 */

import { NumericArray } from './arrays.js';

/** From so many instances on, columns of numbers go as arrays. */
const ARRAYS_FROM = 16;

/**
 * One list of values for each key, or an array of numbers; undefined where the infos do not all say the same keys in the same order, or say
 * something that JSON would leave out of an object but not of a list.
 * @param {Record<string, any>[]} infos
 * @returns {Record<string, any[]|NumericArray>|undefined}
 */
export function inColumns(infos) {
  const keys = Object.keys(infos[0]);
  const columns = keys.map(() => new Array(infos.length));
  for (let i = 0; i < infos.length; i += 1) {
    if (!isSame(Object.keys(infos[i]), keys)) return undefined;
    for (let k = 0; k < keys.length; k += 1) {
      const value = infos[i][keys[k]];
      if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return undefined;
      columns[k][i] = value;
    }
  }
  return Object.fromEntries(keys.map((key, k) => [key, infos.length < ARRAYS_FROM ? columns[k] : compact(columns[k])]));
}

/** Whole numbers of 32 bits as an array; as a list whatever the other side could not tell apart. @param {any[]} column */
function compact(column) {
  return column.every(isShort) ? new NumericArray('int32', [column.length], new Int32Array(column)) : column;
}

/** @param {any} value */
function isShort(value) {
  return typeof value === 'number' && (value | 0) === value;
}

/** @param {string[]} own @param {string[]} keys */
function isSame(own, keys) {
  if (own.length !== keys.length) return false;
  for (let k = 0; k < keys.length; k += 1) if (own[k] !== keys[k]) return false;
  return true;
}
