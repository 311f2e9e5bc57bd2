/**
 * The page of this realm: what its classes need to know when the game makes an object with `new`.
 *
 * A realm has one page, as a browser's window has; installPage fills this in. Nothing here is in the game's reach.
 */

/**
 * @typedef {object} Here
 * @property {import('../kernel.js').Kernel} kernel
 * @property {any} window
 * @property {any} document
 * @property {string} base path of the page within the package, by which relative URLs are read
 * @property {any} event that is being dispatched
 * @property {Set<string>} heard types of events that anybody has ever listened to
 * @property {number} changes counts what may change the answer of a query: nodes that move, attributes that change
 * @property {number} shapes counts what else may change the size of an element: styles, texts, pictures
 * @property {number} moves counts what only moves an element: `left`, `top` and `transform`
 * @property {boolean} isStretched whether any element's size comes from two of its sides, so that moving one may change it
 * @property {Set<any>} observers of mutations
 * @property {Map<string, any>} blobs by their object URL
 */

/** @type {Here} */
export const here = {
  kernel: /** @type {any} */ (undefined), window: undefined, document: undefined, base: '/', event: undefined,
  heard: new Set(), changes: 0, shapes: 0, moves: 0, isStretched: false, observers: new Set(), blobs: new Map(),
};

/** A page begins: nothing of an earlier one is left. @param {import('../kernel.js').Kernel} kernel */
export function arrive(kernel) {
  Object.assign(here, {
    kernel, window: kernel.scope, document: undefined, base: '/', event: undefined,
    heard: new Set(), changes: 0, shapes: 0, moves: 0, isStretched: false, observers: new Set(), blobs: new Map(),
  });
  // Pictures may be blobs, too.
  Object.assign(kernel, { blobs: here.blobs });
}

/** Calls the game's code as a task of its own. @param {Function} work @param {number} [delay] virtual milliseconds */
export function soon(work, delay = 1) {
  return here.kernel.clock.later(work, delay);
}

/** Says once what only a browser with a layout can do. @param {string} what */
export function needsBrowser(what) {
  here.kernel.report.note('needs_browser', what);
}
