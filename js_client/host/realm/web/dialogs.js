/**
 * alert, confirm, prompt, print and open: nobody is there to answer. Each is noted; confirm says yes.
 */

import { here } from './here.js';

/** What a dialog answers, by the function's name. */
const ANSWERS = { alert: undefined, confirm: true, prompt: null, print: undefined };

/** @returns {Record<string, Function>} */
export function dialogs() {
  const functions = Object.entries(ANSWERS).map(([name, answer]) => [name, (/** @type {any} */ message = '') => {
    here.kernel.report.note('dialogs', `${name}: ${message}`);
    return answer;
  }]);
  return { ...Object.fromEntries(functions), open };
}

/** @param {any} url */
function open(url = '') {
  here.kernel.report.note('needs_browser', `open: ${url}`);
  return null;
}
