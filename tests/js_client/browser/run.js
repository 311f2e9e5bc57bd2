/**
 * Runs the tests that need Chromium; without one it says so in a line and exits with 2.
 */

import { spawn } from 'node:child_process';

import { chromiumPath } from '../../../js_client/host/chromium/browser.js';

if (!chromiumPath()) {
  console.error('this needs Chromium: apt install chromium, or CHROMIUM=/path/to/it');
  process.exit(2);
}
const tests = ['snake', 'lander', 'dodge', 'verify', 'agent'].map((name) => new URL(`${name}.test.js`, import.meta.url).pathname);
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
spawn(process.execPath, [...flags, '--test', ...process.argv.slice(2), ...tests], { stdio: 'inherit' }).on('close', (code) => process.exit(code ?? 1));
