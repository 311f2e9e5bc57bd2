/**
 * What an author should know of how a game fared here: uncaught errors, and what was missing or could not be done.
 */

/** Of each kind; more are counted and not kept. */
const MOST_NOTES = 32;
const MOST_ERRORS = 16;
const LONGEST_NOTE = 300;

/** @typedef {Record<string, string[]>} Notes */

export function createReport() {
  /** @type {Map<string, Set<string>>} */
  const notes = new Map();
  /** @type {string[]} */
  let errors = [];
  let errorCount = 0;
  let news = 0;
  return {
    /** An exception that nobody caught. @param {any} error @param {string} [where] */
    error(error, where) {
      errorCount += 1;
      news += 1;
      if (errors.length >= MOST_ERRORS) return;
      const text = errorText(error, where);
      if (!errors.includes(text)) errors.push(text);
    },
    /** Something that a game asked for and did not get; each is kept once. @param {string} kind @param {unknown} what */
    note(kind, what) {
      const kept = notes.get(kind) ?? new Set();
      notes.set(kind, kept);
      if (kept.size >= MOST_NOTES) return;
      const before = kept.size;
      news += kept.add(String(what).slice(0, LONGEST_NOTE)).size - before;
    },
    /** Grows with everything that is new. */
    news: () => news,
    /** Uncaught errors since the episode began. */
    errorCount: () => errorCount,
    firstError: () => errors[0],
    /** A new episode in the same realm: its errors are its own. */
    forgetErrors() {
      [errors, errorCount] = [[], 0];
    },
    /** Lists by kind, only those with something in them. @returns {Notes} */
    summary() {
      /** @type {Notes} */
      const kinds = errors.length > 0 ? { errors: [...errors] } : {};
      for (const [kind, kept] of notes) kinds[kind] = [...kept];
      return kinds;
    },
  };
}

/** One line: what, and where in the game. @param {any} error @param {string} [where] */
export function errorText(error, where = placeOf(error)) {
  const isError = typeof error === 'object' && error !== null && 'message' in error;
  const text = isError ? `${error.name ?? 'Error'}: ${error.message}` : `thrown: ${String(error)}`;
  return `${text.split('\n')[0].slice(0, LONGEST_NOTE)}${where ? ` (${where})` : ''}`;
}

/** The first place of a stack that is in the game's own files. @param {any} error @returns {string|undefined} */
function placeOf(error) {
  const stack = typeof error?.stack === 'string' ? error.stack : '';
  return /((?:\/|[\w.]+\.html)[^\s():]*:\d+:\d+)\)?$/m.exec(stack)?.[1];
}
