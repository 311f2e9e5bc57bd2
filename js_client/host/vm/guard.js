/**
 * Work with an end: code of a game that runs for too long is stopped, wherever it is.
 *
 * V8 watches the time in a thread of its own, which takes some 0.15 ms to begin and to end. So one watch covers all
 * instances of a request.
 */

import vm from 'node:vm';

const WORK = Symbol.for('stepwire.work');
const DO_IT = new vm.Script("globalThis[Symbol.for('stepwire.work')]()", { filename: 'guard' });

/**
 * Runs `work`; if it has not ended by then, stops it and gives false.
 * @param {() => void} work
 * @param {number} seconds
 * @returns {boolean} whether it came to its end
 */
export function guarded(work, seconds) {
  /** @type {any} */ (globalThis)[WORK] = work;
  try {
    DO_IT.runInThisContext({ timeout: Math.ceil(seconds * 1000) });
    return true;
  } catch (error) {
    if (/** @type {any} */ (error).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}
