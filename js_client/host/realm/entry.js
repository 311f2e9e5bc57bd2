/**
 * The entry module of games that bring no page.
 */

import { errorText } from './report.js';

/**
 * Runs it; unlike a page, a game without its entry is none.
 * @param {import('./kernel.js').Kernel} kernel
 * @throws {Error} what the module threw
 */
export function loadEntry(kernel) {
  const { modules, description } = kernel;
  const path = kernel.files.pathOf(description.entry) ?? '';
  /** @type {{error?: unknown}} */
  const failed = {};
  kernel.run(() => {
    try {
      modules.require(path);
    } catch (error) {
      failed.error = error;
    }
  });
  if ('error' in failed) throw new Error(`${description.entry}: ${errorText(failed.error)}`);
}
