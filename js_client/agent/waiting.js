/**
 * A request that waits for its reply, for a while.
 */

/**
 * @typedef {object} Waiting
 * @property {Promise<any>} promise
 * @property {(value: any) => void} resolve
 * @property {(error: Error) => void} reject
 */

/**
 * @param {number} timeout milliseconds; Infinity waits for ever
 * @param {() => void} onTimeout has to reject it
 * @returns {Waiting}
 */
export function waiting(timeout, onTimeout) {
  /** @type {any} */
  let timer;
  /** @type {(value: any) => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  const promise = new Promise((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  // A longer time than a timer can hold would end at once.
  if (timeout < 2 ** 31) timer = setTimeout(onTimeout, timeout);
  return {
    promise,
    resolve(value) {
      clearTimeout(timer);
      resolve(value);
    },
    reject(error) {
      clearTimeout(timer);
      reject(error);
    },
  };
}
