/**
 * When a page is loaded: DOMContentLoaded and load, in virtual time, after everything that the page waits for.
 *
 * Uses nothing but standard calls on the window, so that a real browser's page is told in the same way.
 */

/** Virtual milliseconds from a page's scripts to DOMContentLoaded, and from there to load where nothing is waited for. */
const TELLING_TIME = 1;

/** How much each page still waits for. @type {WeakMap<any, Set<object>>} */
const waited = new WeakMap();

/** The page waits for something, until what this gives back is called. @param {import('../kernel.js').Kernel} kernel @returns {() => void} */
export function holdLoad(kernel) {
  const holds = holdsOf(kernel);
  const hold = {};
  holds.add(hold);
  return () => {
    holds.delete(hold);
  };
}

/** @param {any} kernel @returns {Set<object>} */
function holdsOf(kernel) {
  const known = waited.get(kernel) ?? new Set();
  waited.set(kernel, known);
  return known;
}

/**
 * Tells the page that it is parsed, and when nothing is waited for any more that it is loaded.
 * @param {import('../kernel.js').Kernel} kernel
 * @param {(state: 'interactive'|'complete') => void} [become] sets document.readyState where a browser does not
 */
export function tellLoaded(kernel, become = () => {}) {
  const { clock, scope } = kernel;
  become('interactive');
  const tellLoad = () => {
    if (holdsOf(kernel).size > 0) return clock.later(tellLoad, TELLING_TIME);
    become('complete');
    scope.dispatchEvent(new scope.Event('load'));
    scope.dispatchEvent(new scope.Event('pageshow'));
  };
  clock.later(() => scope.document.dispatchEvent(new scope.Event('DOMContentLoaded', { bubbles: true })), TELLING_TIME);
  clock.later(tellLoad, TELLING_TIME);
}
