/**
 * Runs the tests that need Chromium; without one it says so in a line and exits with 2.
 */

import { spawn } from 'node:child_process';

import { chromiumPath } from './chromium.js';

if (!chromiumPath()) {
  console.error('this needs Chromium: apt install chromium, or CHROMIUM=/path/to/it');
  process.exit(2);
}
const tests = ['snake', 'lander'].map((name) => new URL(`${name}.test.js`, import.meta.url).pathname);
spawn(process.execPath, ['--test', ...process.argv.slice(2), ...tests], { stdio: 'inherit' }).on('close', (code) => process.exit(code ?? 1));
