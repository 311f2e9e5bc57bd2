/**
 * Makes an unmodified game an environment: a realm for each episode, or one that restarts the game in it.
 *
 * Knows when a realm is made and when it is given up. What happens in it is realm/'s; who serves it is run.js's.
 */

import { random } from '../src/random.js';
import { GameFault } from '../src/problems.js';
import { realmMade } from './vm/collecting.js';
import { createRealm } from './vm/realm.js';
import { statistics } from './statistics.js';

/** @typedef {import('../src/instances.js').Game} Game */
/** @typedef {import('./vm/realm.js').RealmGame} RealmGame */

/**
 * What a game of a description is made of.
 * @typedef {object} Described
 * @property {Record<string, any>} description normalised
 * @property {import('./vm/package.js').Package} pack
 * @property {any} [canvas] a real one
 * @property {string[]} [wxNames]
 * @property {(level: string, text: string) => void} [log] takes what the game writes to its console
 */

/** Realms that nobody seeded get numbers of this many bits. */
const SEEDS = 2 ** 32;

/**
 * One instance.
 * @param {Described} described
 * @returns {Game & {abandon: () => void}}
 */
export function hostedGame(described) {
  const { description } = described;
  const { limits, episode } = description;
  let draws = random();
  /** @type {RealmGame|undefined} */
  let realm;
  /** Whether the realm can take a step; while a step is under way, nobody knows. */
  let isSound = false;

  /** @param {number|bigint|null} seed @param {RealmGame|undefined} before the realm, where it can go on */
  const begin = (seed, before) => {
    if (seed !== null) draws = random(seed);
    const own = seed ?? draws.integer(SEEDS);
    if (before && episode.reset === 'soft') return before.restart(own);
    realm = createRealm(described.pack, description, { seed: own, ...described });
    realmMade();
    return realm.begin();
  };

  /** Does something with the game; whatever goes wrong ends the episode. @template T @param {() => T} work @returns {T} */
  const soundly = (work) => {
    isSound = false;
    try {
      const result = work();
      isSound = true;
      return result;
    } catch (error) {
      throw new GameFault('GAME_ERROR', String(/** @type {any} */ (error)?.message ?? error));
    } finally {
      if (!isSound) statistics.faults += 1;
    }
  };

  const checkErrors = () => checkErrorCount(limits, realm?.errorCount() ?? 0, realm?.firstError());

  return {
    name: description.name,
    observationSpace: observationSpaceOf(description),
    actionSpace: description.action.space,
    metadata: { render_modes: described.canvas ? ['rgb_array'] : [], render_fps: description.time.fps / description.time.frame_skip },
    reset({ seed }) {
      statistics.episodes += 1;
      const before = isSound ? realm : undefined;
      return soundly(() => {
        const first = begin(seed, before);
        checkErrors();
        return first;
      });
    },
    step(action) {
      statistics.steps += 1;
      if (!realm || !isSound) throw new GameFault('GAME_ERROR', 'this instance has to be reset first');
      const current = realm;
      return soundly(() => {
        const step = current.step(action);
        checkErrors();
        return step;
      });
    },
    render() {
      const pixels = realm?.pixels();
      if (!pixels) throw new GameFault('UNSUPPORTED', 'nothing has been drawn: the game has no canvas yet');
      return pixels;
    },
    /** Its code was stopped in the middle: nothing in the realm can be relied on. */
    abandon() {
      if (isSound) statistics.faults += 1;
      [realm, isSound] = [undefined, false];
    },
  };
}

/** @param {{errors: number}} limits @param {number} count @param {string} [first] @throws {Error} there are more uncaught errors than the description bears */
export function checkErrorCount(limits, count, first) {
  if (count > limits.errors) throw new Error(`${count} uncaught errors, more than limits.errors (${limits.errors}); the first: ${first}`);
}

/** The space of what is observed: the description's, or that of the pixels. @param {Record<string, any>} description */
export function observationSpaceOf({ observation }) {
  if (!observation.pixels) return observation.space;
  const { width, height, grey } = observation.pixels;
  return { type: 'Box', low: 0, high: 255, shape: [height, width, grey ? 1 : 3], dtype: 'uint8' };
}
