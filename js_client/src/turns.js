/**
 * Work that gives its result at once or as a promise, handled alike: at once where it can be.
 */

/**
 * Runs the work of each instance one after the other: while a promise of an instance is open, its next work waits.
 */
export function turns() {
  /** @type {Map<number, Promise<void>>} */
  const busy = new Map();
  /** @param {number} instance @param {() => any} work @param {(instance: number, result: any) => void} done @param {(instance: number, error: any) => void} failed */
  return (instance, work, done, failed) => {
    const before = busy.get(instance);
    const run = () => settle(work, (result) => done(instance, result), (error) => failed(instance, error));
    const open = before ? before.then(run) : run();
    if (!open) return;
    const last = open.then(() => {
      if (busy.get(instance) === last) busy.delete(instance);
    });
    busy.set(instance, last);
  };
}

/** @param {() => any} work @param {(result: any) => void} done @param {(error: any) => void} failed @returns {Promise<void>|undefined} */
function settle(work, done, failed) {
  try {
    const result = work();
    if (isThenable(result)) return Promise.resolve(result).then(done).catch(failed);
    done(result);
  } catch (error) {
    failed(error);
  }
  return undefined;
}

/** @param {any} value @param {(value: any) => any} next */
export function then(value, next) {
  return isThenable(value) ? value.then(next) : next(value);
}

/** @param {any} value */
function isThenable(value) {
  return typeof value?.then === 'function';
}
