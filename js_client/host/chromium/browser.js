/**
 * A Chromium, found and started: Debian's, or any other that is on the machine.
 */

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { CannotStart } from '../arguments.js';
import { optional } from '../optional.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** No look-ups at a vendor's, no GPU, one that containers bear. */
const FLAGS = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-dev-shm-usage', '--mute-audio',
];

/** The program of STEPWIRE_CHROMIUM or CHROMIUM, or the first on the path; undefined where there is none. @param {Record<string, string|undefined>} [environment] */
export function chromiumPath({ STEPWIRE_CHROMIUM, CHROMIUM = STEPWIRE_CHROMIUM, PATH = '' } = process.env) {
  if (CHROMIUM) return CHROMIUM;
  return PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))).find((place) => existsSync(place));
}

/**
 * Starts it. Chromium's own sandbox does not work for root, who has to be trusted anyway.
 * @returns {Promise<any>} a browser of playwright-core
 * @throws {CannotStart} there is no Chromium, or no playwright-core
 */
export async function startChromium() {
  const executablePath = chromiumPath();
  if (!executablePath) throw new CannotStart('this needs Chromium: apt install chromium, or CHROMIUM=/path/to/it');
  const { chromium } = await optional('playwright-core', 'to drive Chromium');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...FLAGS, ...sandbox] });
}
