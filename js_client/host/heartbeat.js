/**
 * Tells whoever watches this process, every second, that it is not stuck, and what it has done.
 *
 * A line `@stats {…}` on standard output. A process whose game loops for ever writes none, which is how it is found out.
 */

import { statistics } from './statistics.js';

/** @typedef {{instances: number, steps: number, episodes: number, faults: number, rss_mb: number, seconds: number}} Figures */

const BEAT_MS = 1000;

/**
 * Begins to write. The timer keeps no process alive.
 * @param {number} instances
 * @param {(line: string) => void} write
 * @returns {() => void} ends it
 */
export function beat(instances, write) {
  const tell = () => write(`@stats ${JSON.stringify(figures(instances))}`);
  const timer = setInterval(tell, BEAT_MS).unref();
  tell();
  return () => clearInterval(timer);
}

/** @param {number} instances @returns {Figures} */
export function figures(instances) {
  const { steps, episodes, faults } = statistics;
  const rss_mb = Math.round(process.memoryUsage.rss() / 2 ** 20);
  return { instances, steps, episodes, faults, rss_mb, seconds: Math.round(process.uptime()) };
}
