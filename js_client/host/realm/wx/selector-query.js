/**
 * `wx.createSelectorQuery()`: canvases by their names; every other element is taken to fill the screen, and that is noted.
 */

/** @typedef {import('./canvas-nodes.js').CanvasNodes} CanvasNodes */
/** @typedef {{selector: string, isList: boolean, fields: Record<string, any>, done: any}} SelectorQuestion */

const VIEWPORT_SELECTOR = ':viewport';

/** @param {import('../kernel.js').Kernel} kernel @param {CanvasNodes} nodes */
export function createSelectorQuery(kernel, nodes) {
  /** @type {SelectorQuestion[]} */
  const questions = [];
  /** @param {string} selector @param {boolean} isList */
  const asking = (selector, isList) => {
    /** @param {Record<string, any>} fields @param {any} done */
    const ask = (fields, done) => {
      questions.push({ selector, isList, fields, done });
      return query;
    };
    return {
      fields: ask,
      node: (/** @type {any} */ done) => ask({ node: true }, done),
      context: (/** @type {any} */ done) => ask({ context: true }, done),
      boundingClientRect: (/** @type {any} */ done) => ask({ rect: true, size: true, id: true, dataset: true }, done),
      scrollOffset: (/** @type {any} */ done) => ask({ scrollOffset: true }, done),
    };
  };
  const query = {
    in: () => query,
    select: (/** @type {string} */ selector) => asking(String(selector), false),
    selectAll: (/** @type {string} */ selector) => asking(String(selector), true),
    selectViewport: () => asking(VIEWPORT_SELECTOR, false),
    /** @param {any} [done] */
    exec(done) {
      kernel.clock.later(() => {
        const results = questions.map((question) => selectorAnswer(kernel, nodes, question));
        questions.forEach((question, i) => typeof question.done === 'function' && kernel.run(question.done, undefined, [results[i]]));
        if (typeof done === 'function') kernel.run(done, undefined, [results]);
      });
      return query;
    },
  };
  return query;
}

/** @param {import('../kernel.js').Kernel} kernel @param {CanvasNodes} nodes @param {SelectorQuestion} question */
function selectorAnswer(kernel, nodes, { selector, isList, fields }) {
  const isCanvas = selector !== VIEWPORT_SELECTOR && (fields.node || nodes.isCanvas(selector));
  if (!isCanvas && selector !== VIEWPORT_SELECTOR) kernel.report.note('needs_browser', `createSelectorQuery: the place of ${selector}`);
  const { width, height } = selector === VIEWPORT_SELECTOR ? kernel.screen : nodes.shown(selector);
  const answer = {
    id: selector.startsWith('#') ? selector.slice(1) : '', dataset: {},
    ...(fields.size && { width, height }),
    ...(fields.rect && { left: 0, top: 0, right: width, bottom: height }),
    ...(fields.scrollOffset && { scrollLeft: 0, scrollTop: 0 }),
    ...(fields.node && { node: nodes.node(selector) }),
  };
  return isList ? [answer] : answer;
}
