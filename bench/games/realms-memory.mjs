/**
 * What many instances of an unmodified game take, and whether hard resets leave anything behind: prints JSON.
 *
 *     node --expose-gc realms-memory.mjs GAME
 *
 * `mb`: resident memory of the process with 200 instances, each reset and stepped. `grown_mb`: by how much the memory in
 * use after garbage collection is more after 1,000 hard resets of one instance than after the first 100.
 */

import { setImmediate } from 'node:timers/promises';

import { loadDescribed } from '../../js_client/host/load.js';
import { described } from './described.mjs';

const INSTANCES = 200;
const STEPS = 50;
const RESETS = [100, 1000];

const { game: make } = await loadDescribed(...described(process.argv[2], false));
const megabytes = (/** @type {number} */ value) => Math.round((value / 2 ** 20) * 10) / 10;

const instances = Array.from({ length: INSTANCES }, () => make());
instances.forEach((instance, i) => instance.reset({ seed: i, options: {} }));
for (let k = 0; k < STEPS; k += 1) for (const instance of instances) instance.step(k % instance.actionSpace.n);
const mb = megabytes(process.memoryUsage.rss());
instances.length = 0;

const resetting = make();
const used = [];
for (const count of RESETS) {
  for (let i = 0; i < count; i += 1) {
    resetting.reset({ seed: i, options: {} });
    for (let k = 0; k < 5; k += 1) resetting.step(0);
    await setImmediate(); // as between two messages
  }
  for (let i = 0; i < 3; i += 1) {
    globalThis.gc({ type: 'major', execution: 'sync', flavor: 'regular' });
    await setImmediate();
  }
  used.push(process.memoryUsage().heapUsed);
}
console.log(JSON.stringify({ mb, grown_mb: megabytes(used[1] - used[0]) }));
