/**
 * Makes a game in pages of a browser an environment: for games that need layout, or to compare with.
 */

import { GameFault } from '../../src/problems.js';
import { random } from '../../src/random.js';
import { checkErrorCount, observationSpaceOf } from '../hosted.js';
import { statistics } from '../statistics.js';
import { openPage } from './page.js';

/** Seeds of episodes that nobody seeded. */
const SEEDS = 2 ** 32;

/**
 * One instance. Each episode has a page of its own, so that nothing is left of the one before.
 * @param {any} browser of playwright-core
 * @param {import('../hosted.js').Described} described
 * @returns {import('../../src/instances.js').Game}
 */
export function chromiumGame(browser, described) {
  const { description } = described;
  const { limits } = description;
  let draws = random();
  /** @type {Awaited<ReturnType<typeof openPage>>|undefined} */
  let page;

  /** What takes too long, or goes wrong, costs the page. @template T @param {() => Promise<T>} work @param {number} seconds @returns {Promise<T>} */
  const soundly = async (work, seconds) => {
    try {
      return await within(work(), seconds);
    } catch (error) {
      statistics.faults += 1;
      const broken = page;
      page = undefined;
      broken?.close().catch(() => {});
      throw new GameFault('GAME_ERROR', String(/** @type {any} */ (error)?.message ?? error).split('\n')[0]);
    }
  };

  return {
    name: description.name,
    observationSpace: observationSpaceOf(description),
    actionSpace: description.action.space,
    metadata: { render_modes: ['rgb_array'], render_fps: description.time.fps / description.time.frame_skip },
    reset({ seed }) {
      statistics.episodes += 1;
      if (seed !== null) draws = random(seed);
      const own = seed ?? draws.integer(SEEDS);
      return soundly(async () => {
        await page?.close();
        page = await openPage(browser, described, own);
        return page.first;
      }, limits.reset_seconds);
    },
    step(action) {
      statistics.steps += 1;
      const current = page;
      if (!current) throw new GameFault('GAME_ERROR', 'this instance has to be reset first');
      return soundly(async () => {
        const { errors, firstError, ...step } = await current.step(action);
        checkErrorCount(limits, errors, firstError);
        return step;
      }, limits.step_seconds);
    },
    async render() {
      if (!page) throw new GameFault('UNSUPPORTED', 'nothing has been drawn: the game has not begun');
      return { encoding: 'png', data: await page.screenshot() };
    },
  };
}

/** @template T @param {Promise<T>} work @param {number} seconds @returns {Promise<T>} */
function within(work, seconds) {
  /** @type {any} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not come to an end within ${seconds} s, and was stopped`)), seconds * 1000);
  });
  return Promise.race([work, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}
