/**
 * Keeps one connection to every address behind a host name: where several bridges share a name, each gets the games.
 */

import { lookup as dnsLookup } from 'node:dns/promises';

/** @typedef {{close: () => Promise<void>}} Kept */
/** @typedef {(name: string, options: {all: true}) => Promise<{address: string, family: number}[]>} Lookup */

/**
 * Looks the name up now and every few seconds, opens a connection for an address that is new and closes that of one
 * that is gone. When a look-up fails, everything stays as it is.
 * @param {string} url
 * @param {number} seconds between two look-ups
 * @param {(url: string) => Kept} open
 * @param {import('../src/serve.js').Log} log
 * @param {Lookup} [lookup]
 * @returns {Kept} closes all of them
 */
export function keepAddresses(url, seconds, open, log, lookup = dnsLookup) {
  /** @type {Map<string, Kept>} */
  const kept = new Map();
  let isClosed = false;

  const look = async () => {
    const found = await lookup(new URL(url).hostname, { all: true });
    if (!isClosed) follow(kept, new Set(found.map((entry) => at(url, entry))), open);
  };
  const lookSafely = () => look().catch((error) => log.warn(`stepwire: ${error.message}`));

  lookSafely();
  const timer = setInterval(lookSafely, seconds * 1000);
  return {
    async close() {
      isClosed = true;
      clearInterval(timer);
      await Promise.all([...kept.values()].map((connection) => connection.close()));
    },
  };
}

/** @param {Map<string, Kept>} kept @param {Set<string>} urls @param {(url: string) => Kept} open */
function follow(kept, urls, open) {
  for (const url of urls) if (!kept.has(url)) kept.set(url, open(url));
  for (const [url, connection] of kept) {
    if (urls.has(url)) continue;
    kept.delete(url);
    connection.close();
  }
}

/** The URL with its host name replaced by an address. @param {string} url @param {{address: string, family: number}} entry */
function at(url, { address, family }) {
  const result = new URL(url);
  result.hostname = family === 6 ? `[${address}]` : address;
  return result.href;
}
