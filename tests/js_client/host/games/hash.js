/**
 * Prints the hash of what a game answers to 1,000 random steps: a program, to be run where things are different.
 *
 *     node --experimental-vm-modules hash.js plane 3
 */

import { open, play } from './playing.js';

const [name, seed, steps = '1000'] = process.argv.slice(2);
const { hash } = await play(await open(name), { seed: Number(seed), steps: Number(steps) });
console.log(hash);
