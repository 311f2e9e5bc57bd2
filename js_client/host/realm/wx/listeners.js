/**
 * Listeners by name, behind functions like `onShow` and `offShow`. Knows no event.
 */

import { isFunction } from './calls.js';

/** @typedef {ReturnType<typeof createListeners>} Listeners */

/** @param {import('../kernel.js').Kernel} kernel */
export function createListeners(kernel) {
  /** @type {Map<string, Function[]>} */
  const lists = new Map();
  const listeners = {
    /** @param {string} name @param {any} listener */
    add(name, listener) {
      if (isFunction(listener)) lists.set(name, [...(lists.get(name) ?? []), listener]);
    },
    /** Takes one away, or all of a name. @param {string} name @param {any} [listener] */
    remove(name, listener) {
      if (isFunction(listener)) lists.set(name, (lists.get(name) ?? []).filter((other) => other !== listener));
      else lists.delete(name);
    },
    /** @param {string} name */
    has: (name) => (lists.get(name)?.length ?? 0) > 0,
    /** Calls those that are there now, in the order in which they came. @param {string} name @param {any} [event] */
    fire(name, event) {
      const list = lists.get(name);
      if (list === undefined) return;
      for (const listener of list) kernel.run(listener, undefined, [event]);
    },
    /** Fires as a task of its own. @param {string} name @param {any} [event] */
    fireLater: (name, event) => kernel.clock.later(() => listeners.fire(name, event)),
    /** `onX` and `offX` for each name. @param {string} names with spaces between @returns {Record<string, any>} */
    functions(names) {
      /** @type {Record<string, any>} */
      const functions = {};
      for (const name of names.split(' ')) {
        functions[`on${name}`] = (/** @type {any} */ listener) => listeners.add(name, listener);
        functions[`off${name}`] = (/** @type {any} */ listener) => listeners.remove(name, listener);
      }
      return functions;
    },
  };
  return listeners;
}
