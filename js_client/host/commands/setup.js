/**
 * `setup`: installs the packages that the host can do without, once for this user.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { CannotStart } from '../arguments.js';
import { ownPackages } from '../optional.js';

/** What each is for; the host says so too where one is missing. */
const PACKAGES = {
  '@napi-rs/canvas@^1.1.1': 'real pictures (screen.canvas = "real", pixels)',
  'playwright-core@^1.65.1': 'Chromium (driver = "chromium", --verify); the browser itself comes from your system',
  'minigame-api-typings@^3.8.20': 'the official names of wx, to tell misspelt ones',
  'smol-toml@^1.9.1': 'descriptions in TOML where Node is used without the stepwire command',
};

/** @returns {Promise<number>} the exit code */
export async function run() {
  const folder = dirname(ownPackages());
  mkdirSync(folder, { recursive: true });
  const [program, ...before] = npm();
  const names = Object.keys(PACKAGES);
  const words = [...before, 'install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--no-update-notifier', '--omit=dev', ...names];
  const { status, error } = spawnSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (error) throw new CannotStart(`setup: npm cannot be run: ${error.message}`);
  if (status !== 0) throw new CannotStart(`setup: npm ended with exit code ${status}`);
  for (const [name, purpose] of Object.entries(PACKAGES)) console.log(`installed  ${name.replace(/@\^.*/, '').padEnd(22)} ${purpose}`);
  console.log(`into       ${join(folder, 'node_modules')}`);
  return 0;
}

/** npm's program: the one that came with this Node, else the one on the path. @returns {string[]} */
function npm() {
  const beside = join(dirname(realpathSync(process.execPath)), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return existsSync(beside) ? [process.execPath, beside] : ['npm'];
}
