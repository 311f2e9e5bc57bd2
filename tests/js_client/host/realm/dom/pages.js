/**
 * Pages in a few lines, in a realm of their own: what an expression is there, once their scripts have run.
 */

import { begun } from '../../games.js';

const PAGE = { kind: 'browser', entry: 'index.html' };

/** @param {string} html of the page @param {Record<string, string|Buffer>} [files] others @param {Record<string, any>} [changes] of the description */
export function opened(html, files = {}, changes = {}) {
  const page = begun({ 'index.html': html, ...files }, { ...PAGE, ...changes });
  return { ...page, fidelity: JSON.parse(JSON.stringify(page.info.fidelity ?? {})) };
}

/** What an expression is on a page, as plain data of this realm. @param {string} expression @param {string} [html] @param {Record<string, string|Buffer>} [files] @param {Record<string, any>} [changes] */
export function onPage(expression, html = '<body></body>', files, changes = {}) {
  const { info } = opened(html, files, { ...changes, info: { value: jsonOf(expression) } });
  return info.value === undefined ? undefined : JSON.parse(info.value);
}

/** What an expression is after each of some steps. @param {string} expression @param {string} html @param {any[]} actions @param {Record<string, any>} changes */
export function stepped(expression, html, actions, changes) {
  const { game } = opened(html, {}, { ...changes, info: { value: jsonOf(expression) } });
  return actions.map((action) => JSON.parse(game.step(action).info.value));
}

/** @param {string} expression */
function jsonOf(expression) {
  return `JSON.stringify((${expression}))`;
}
