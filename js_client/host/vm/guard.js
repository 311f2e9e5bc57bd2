/**
 * Work with an end: code of a game that runs for too long is stopped, wherever it is.
 *
 * V8 watches the time in a thread of its own, which takes some 0.15 ms to begin and to end. So one watch covers all
 * instances of a request.
 */

import vm from 'node:vm';

/** So many instances that begin in one message share the time of one: large games take a tenth of a second each. */
const TOGETHER = 8;

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

/**
 * A guard for the requests of a bridge, by the limits of a description. One instance alone has no neighbours that it could
 * hold up, and is left to the bridge's deadline, which spares it the watch.
 * @param {{step_seconds: number, reset_seconds: number}} limits
 * @param {number} instances in this process
 * @returns {import('../../src/instances.js').Guard|undefined}
 */
export function guardOf({ step_seconds: step, reset_seconds: reset }, instances) {
  if (instances === 1) return undefined;
  return (work, { type, instances: asked, reset_instead: over = [], reset_after: after }) => {
    const begun = type === 'reset' ? asked.length : Math.max(over.length, after ? 1 : 0);
    const seconds = begun > 0 ? Math.max(step, reset * Math.ceil(begun / TOGETHER)) : step;
    return guarded(work, seconds) ? undefined : `it did not come to an end within ${seconds} s, and was stopped`;
  };
}
