/**
 * What a game stores: text by key, empty when a realm begins, kept by a soft reset.
 */

/** Browsers and WeChat both allow about so much. */
const MOST_CHARACTERS = 10 * 2 ** 20;

export function createStorage() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  let characters = 0;
  return {
    /** @param {string} key @returns {string|null} */
    get: (key) => kept.get(key) ?? null,
    /** @param {string} key @param {string} text @throws {RangeError} the store is full */
    set(key, text) {
      const grown = characters + text.length - (kept.get(key)?.length ?? -key.length);
      if (grown > MOST_CHARACTERS) throw new RangeError('QuotaExceededError: the storage is full');
      characters = grown;
      kept.set(key, text);
    },
    /** @param {string} key */
    remove(key) {
      const text = kept.get(key);
      if (text !== undefined) characters -= text.length + key.length;
      kept.delete(key);
    },
    clear() {
      kept.clear();
      characters = 0;
    },
    keys: () => [...kept.keys()],
  };
}
