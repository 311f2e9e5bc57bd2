/**
 * Functions of wx that are alike but for their names: `onX` and `offX`, calls that only succeed, calls that only fail.
 * Each is made when it is first looked for: a game uses a few of some two hundred, and a realm begins every episode.
 */

/** @typedef {ReturnType<typeof createFamilies>} Families */

/** @param {import('./calls.js').WxCalls} calls @param {import('./listeners.js').Listeners} listeners */
export function createFamilies(calls, listeners) {
  /** @type {{names: string, make: (name: string) => Function}[]} */
  const families = [];
  /** Names of events, with spaces around each. */
  let events = ' ';

  /** @param {string} name @returns {Function|undefined} */
  const listening = (name) => {
    const [, way, event] = /^(on|off)([A-Z]\w*)$/.exec(name) ?? [];
    if (event === undefined || !events.includes(` ${event} `)) return undefined;
    return listeners.functions(event)[`${way}${event}`];
  };

  return {
    /** @param {string} names with single spaces between @param {(name: string) => Function} make */
    add(names, make) {
      families.push({ names: ` ${names} `, make });
    },
    /** `onX` and `offX` for each. @param {string} names */
    events(names) {
      events += `${names} `;
    },
    /** Functions that always succeed and do nothing. @param {string} names */
    idle(names) {
      this.add(names, (name) => calls.idle(name)[name]);
    },
    /** Functions that always fail. @param {string} names @param {string} reason @param {(name: string) => void} [note] */
    failing(names, reason, note) {
      this.add(names, (name) => calls.failing(name, reason, note)[name]);
    },
    /** The function of a name, made anew. @param {string} name @returns {Function|undefined} */
    find(name) {
      if (!/^\w+$/.test(name)) return undefined;
      return listening(name) ?? families.find(({ names }) => names.includes(` ${name} `))?.make(name);
    },
    /** All names. @returns {string[]} */
    names: () => [
      ...families.flatMap(({ names }) => names.trim().split(' ')),
      ...events.trim().split(' ').flatMap((event) => [`on${event}`, `off${event}`]),
    ],
  };
}
