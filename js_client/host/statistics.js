/**
 * What this process has done since it began, for whoever watches it.
 */

/** Counted by the games themselves; a soft or hard reset begins an episode, a fault ends one early. */
export const statistics = { steps: 0, episodes: 0, faults: 0 };
