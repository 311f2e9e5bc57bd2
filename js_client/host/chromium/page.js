/**
 * One instance of a game in a page of its own.
 */

import { bundled } from '../vm/bundle.js';
import { ORIGIN } from '../realm/resolve.js';
import { createSite, EMPTY_PAGE } from './site.js';

/** @type {string|undefined} */
let bundle;

/**
 * Opens a page, loads the game and plays its start-up input.
 * @param {any} browser of playwright-core
 * @param {import('../hosted.js').Described} described
 * @param {number|bigint} seed
 */
export async function openPage(browser, { description, pack }, seed) {
  const { width, height, pixel_ratio: deviceScaleFactor } = description.screen;
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor, timezoneId: 'UTC', locale: 'en-US' });
  try {
    const site = createSite(pack, description);
    await context.route('**', (/** @type {any} */ route) => {
      const url = route.request().url();
      // Nothing leaves the machine: what is not the package's does not exist.
      return url.startsWith(ORIGIN) ? route.fulfill(site(url)) : route.abort();
    });
    const page = await context.newPage();
    await page.addInitScript({ content: startScript(description, seed) });
    await page.goto(ORIGIN + (description.kind === 'browser' ? `/${description.entry}` : EMPTY_PAGE), { waitUntil: 'commit' });
    const first = await page.evaluate(() => /** @type {any} */ (globalThis)[Symbol.for('stepwire.game')].begin());
    return {
      first,
      /** @param {any} action */
      step: (action) => page.evaluate((/** @type {any} */ given) => /** @type {any} */ (globalThis)[Symbol.for('stepwire.game')].step(given), plainAction(action)),
      /** A picture of the whole page. @returns {Promise<Uint8Array>} PNG */
      screenshot: () => page.screenshot({ type: 'png', scale: 'css' }),
      close: () => context.close(),
    };
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** @param {Record<string, any>} description @param {number|bigint} seed */
function startScript(description, seed) {
  bundle ??= bundled(new URL('../realm/entries/chromium.js', import.meta.url));
  return `if (globalThis === globalThis.top) ${bundle}.createPageGame(globalThis, ${JSON.stringify(description)}, ${String(seed)}${typeof seed === 'bigint' ? 'n' : ''});`;
}

/** @param {any} action typed arrays go as lists */
function plainAction(action) {
  if (typeof action === 'bigint') return Number(action);
  return ArrayBuffer.isView(action) ? Array.from(/** @type {any} */ (action)) : action;
}
