/**
 * An episode of a game as its description has it: start-up input, then steps of so many frames, and what is read after
 * each of them.
 */

import { createActions } from './actions.js';
import { createExpressions, createHandle } from './expressions.js';
import { createPresses } from './presses.js';

/** Frames that a start-up entry without a number takes. */
const START_FRAMES = 1;
const MOST_START_FRAMES = 600;

/** @typedef {{observation: any, reward: number, terminated: boolean, truncated: boolean, info: Record<string, any>}} Step */

/**
 * @param {import('./kernel.js').Kernel} kernel
 * @param {Record<string, any>} adapters of game engines, by name: part of what `stepwire` is
 */
export function createEpisode(kernel, adapters) {
  const { description, clock } = kernel;
  const expressions = createExpressions(kernel, Object.assign(createHandle(kernel), adapters));
  const presses = createPresses(kernel, expressions);
  const read = createReaders(kernel, expressions);
  const restart = description.episode.restart && expressions.statements(description.episode.restart, 'episode.restart');
  const pressesOf = createActions(description.action, presses, expressions);
  const fire = firing(kernel);
  const { frame_skip: skip } = description.time;
  const { max_steps: most } = description.episode;
  const start = description.episode.start.map((/** @type {any} */ entry, /** @type {number} */ i) => startEntry(entry, `episode.start[${i}]`));
  let steps = 0;
  let told = 0;

  /**
   * Frames, with a yield before each and after each callback: whoever must wait for something outside does so there.
   * @param {number} frames @param {() => boolean} [until] @returns {Generator<'frame'|'task', void>}
   */
  function* advancing(frames, until) {
    for (let i = 1; i <= frames; i += 1) {
      yield 'frame';
      if (until?.()) return;
      fire();
      yield* clock.advancing();
      presses.move(i / frames);
    }
  }

  /** @param {any} entry @param {string} field @returns {() => Generator<'frame'|'task', void>} */
  function startEntry(entry, field) {
    const until = entry.until && expressions.expression(entry.until, `${field}.until`);
    const frames = entry.frames ?? (until ? MOST_START_FRAMES : START_FRAMES);
    const resolve = presses.resolver(entry, field);
    return function* play() {
      presses.begin([resolve(undefined)], undefined);
      yield* advancing(frames, until && (() => Boolean(until())));
      presses.end();
      if (until && !until()) throw new Error(`${field}: still not so after ${frames} frames: ${text(entry.until)}`);
    };
  }

  function* opening() {
    steps = 0;
    for (const entry of start) yield* entry();
    read.begin();
    return { observation: read.observation(), info: infoWithReport() };
  }

  /** What an author should know; of an episode's last step, what has come since its first one, too. */
  const infoWithReport = () => {
    const info = read.info();
    const fidelity = kernel.report.summary();
    told = kernel.report.news();
    return Object.keys(fidelity).length > 0 ? { ...info, fidelity } : info;
  };

  /** @param {any} action @returns {Generator<'frame'|'task', Step>} */
  function* stepping(action) {
    presses.begin(pressesOf(action), action);
    yield* advancing(skip);
    presses.end();
    steps += 1;
    const terminated = read.terminated();
    const truncated = read.truncated() || (!terminated && most > 0 && steps >= most);
    const isTold = kernel.report.news() === told || !(terminated || truncated);
    return { observation: read.observation(), reward: read.reward(), terminated, truncated, info: isTold ? read.info() : infoWithReport() };
  }

  return {
    opening, stepping,
    /** @param {number} frames */
    advance: (frames) => finished(advancing(frames)),
    /** Start-up input and the first observation. */
    begin: () => finished(opening()),
    /** The game's own restart, with random numbers of its own. @param {number|bigint} seed */
    restart(seed) {
      kernel.random.reseed(seed);
      kernel.report.forgetErrors();
      presses.end();
      restart?.();
      return finished(opening());
    },
    /** @param {any} action */
    step: (action) => finished(stepping(action)),
  };
}

/** Without waiting for anything. @template T @param {Generator<any, T>} work @returns {T} */
function finished(work) {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/**
 * What is read after a step, as functions.
 * @param {import('./kernel.js').Kernel} kernel @param {{expression: Function}} expressions
 */
function createReaders({ description, canvas }, { expression }) {
  const { observation, reward, episode, info } = description;
  const names = Object.keys(info);
  const infos = names.map((name) => expression(info[name], `info.${name}`));
  const value = reward.read === undefined ? () => 0 : expression(reward.read, 'reward.read');
  let last = 0;
  const pixels = observation.pixels;
  /** @type {() => any} */
  let observing = () => undefined; // a game whose clock messages drive tells itself what there is to be seen
  if (pixels) observing = () => canvas.scaled(canvas.screen(), pixels.width, pixels.height, pixels.grey);
  else if (observation.read !== undefined) observing = expression(observation.read, 'observation.read');
  return {
    /** What rewards are the difference from. */
    begin() {
      if (reward.difference) last = number(value(), 'reward.read');
    },
    observation: observing,
    reward() {
      const now = number(value(), 'reward.read');
      const gained = reward.difference ? now - last : now;
      last = now;
      return gained * reward.scale;
    },
    terminated: flag(episode.terminated, 'episode.terminated', expression),
    truncated: flag(episode.truncated, 'episode.truncated', expression),
    info() {
      /** @type {Record<string, any>} */
      const values = {};
      for (let i = 0; i < names.length; i += 1) values[names[i]] = infos[i]();
      return values;
    },
  };
}

/** @param {any} given @param {string} field @param {Function} expression @returns {() => boolean} */
function flag(given, field, expression) {
  if (given === undefined) return () => false;
  const evaluate = expression(given, field);
  return () => Boolean(evaluate());
}

/** @param {any} value @param {string} field @returns {number} */
function number(value, field) {
  const result = typeof value === 'boolean' ? Number(value) : value;
  if (typeof result !== 'number' || Number.isNaN(result)) throw new Error(`${field}: expected a number, got ${String(value)}`);
  return result;
}

/** The events of `hooks.fire`, each when its frame comes. @param {import('./kernel.js').Kernel} kernel */
function firing(kernel) {
  const entries = kernel.description.hooks.fire;
  if (entries.length === 0) return () => {};
  return () => {
    const frame = kernel.clock.frameCount() + 1;
    for (const { event, target, frame: at = 1, every } of entries) {
      const isNow = frame === at || (every && frame > at && (frame - at) % every === 0);
      if (isNow) kernel.fire(event, target);
    }
  };
}

/** @param {any} expression */
function text(expression) {
  return typeof expression === 'string' ? expression : expression.function;
}
