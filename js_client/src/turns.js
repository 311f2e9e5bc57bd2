/**
 * Work that gives its result at once or as a promise, handled alike: at once where it can be.
 */

/**
 * What is done for each of several instances, named by their places: the work, and what becomes of it.
 * @typedef {object} Task
 * @property {(place: number) => any} work
 * @property {(place: number, result: any) => void} done
 * @property {(place: number, error: any) => void} failed
 */

/**
 * Runs the work of each instance one after the other: while a promise of an instance is open, its next work waits.
 */
export function turns() {
  /** @type {Map<number, Promise<void>>} */
  const busy = new Map();
  /** @param {number} instance @param {Task} task @param {number} place */
  return (instance, task, place) => {
    const before = busy.get(instance);
    const open = before ? before.then(() => settle(task, place)) : settle(task, place);
    if (!open) return;
    const last = open.then(() => {
      if (busy.get(instance) === last) busy.delete(instance);
    });
    busy.set(instance, last);
  };
}

/** @param {Task} task @param {number} place @returns {Promise<void>|undefined} */
function settle(task, place) {
  try {
    const result = task.work(place);
    if (isThenable(result)) {
      return Promise.resolve(result).then((value) => task.done(place, value)).catch((error) => task.failed(place, error));
    }
    task.done(place, result);
  } catch (error) {
    task.failed(place, error);
  }
  return undefined;
}

/** @param {any} value @param {(value: any) => any} next */
export function then(value, next) {
  return isThenable(value) ? value.then(next) : next(value);
}

/** @param {any} value */
export function isThenable(value) {
  return typeof value?.then === 'function';
}
