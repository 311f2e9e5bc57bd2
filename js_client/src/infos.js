/**
 * The infos of many instances key by key, as a bridge reads them with the least work.
 */

/**
 * One list of values for each key, or undefined where the infos do not all say the same keys in the same order, or say
 * something that JSON would leave out of an object but not of a list.
 * @param {Record<string, any>[]} infos
 * @returns {Record<string, any[]>|undefined}
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
  return Object.fromEntries(keys.map((key, k) => [key, columns[k]]));
}

/** @param {string[]} own @param {string[]} keys */
function isSame(own, keys) {
  if (own.length !== keys.length) return false;
  for (let k = 0; k < keys.length; k += 1) if (own[k] !== keys[k]) return false;
  return true;
}
