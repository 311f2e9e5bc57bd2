/**
 * Runs the requests of a bridge on the copies of a game, and turns what the copies answer into messages.
 *
 * Knows nothing of sockets or of text. What all copies answer at once goes into one message; copies that answer with a
 * promise are waited for without holding the others, and those that are ready together still share a message.
 */

import { isTyped, NumericArray } from './arrays.js';
import { layout } from './batches.js';
import { checker, described } from './checks.js';

/**
 * @typedef {object} Step
 * @property {any} observation
 * @property {number} reward
 * @property {boolean} terminated
 * @property {boolean} [truncated]
 * @property {Record<string, any>} [info]
 */
/** @typedef {{width: number, height: number, data: ArrayLike<number>}|{encoding: 'png'|'jpeg', data: Uint8Array}|string} Picture */
/**
 * @template T
 * @typedef {T|PromiseLike<T>} Soon
 */

/**
 * What a game's author writes. `reset` gives an observation or `{observation, info}` (always the latter where the
 * observation is an object with a key named `observation`). `seed` is null when the instance is to go on with its own
 * random numbers; `options` is an object, often empty.
 * @typedef {object} Game
 * @property {string} [name]
 * @property {import('./spaces.js').Space} observationSpace
 * @property {import('./spaces.js').Space} actionSpace
 * @property {Record<string, any>} [metadata] in Gymnasium's words: `render_modes`, `render_fps`
 * @property {(how: {seed: number|bigint|null, options: Record<string, any>}) => any} reset
 * @property {(action: any) => Soon<Step>} step
 * @property {(how: {mode: string}) => Soon<Picture>} [render]
 */

/** @typedef {import('./messages.js').Message} Message */
/** @typedef {(request: Message, send: (answer: Message) => void) => void} Perform */
/** @typedef {{instance: number, observation: any, info: Record<string, any>}} Final */
/** @typedef {{observation: any, info: Record<string, any>, reward: number, terminated: boolean, truncated: boolean, final?: Final}} Outcome */

/** The game did something that a trainer has to hear of. */
class GameFault extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * A function that performs one request and sends its answers: during the call where the game answers at once.
 * @param {Game[]} games the copies, by number; all of one kind
 * @param {(problem: unknown) => void} report is told what went wrong in a game, for its author
 * @returns {Perform}
 */
export function performer(games, report) {
  const spaces = prepared(games[0]);
  const inTurn = turns();
  return (request, send) => {
    const answers = answersTo(request, spaces, send, report);
    request.instances.forEach((/** @type {number} */ instance, /** @type {number} */ k) => {
      inTurn(instance, () => performed(request, k, games[instance], spaces), answers.add, answers.fail);
    });
    answers.flush();
  };
}

/** @param {Game} game */
function prepared({ observationSpace, actionSpace }) {
  const check = checker(observationSpace);
  checker(actionSpace);
  return { observations: layout(observationSpace), actions: layout(actionSpace), check };
}

/** @typedef {ReturnType<typeof prepared>} Spaces */

/**
 * What one instance does for a request: an outcome, or a frame for `render`.
 * @param {Message} request
 * @param {number} k its place in the request
 * @param {Game} game
 * @param {Spaces} spaces
 * @returns {any}
 */
function performed(request, k, game, spaces) {
  const instance = request.instances[k];
  switch (request.type) {
    case 'reset': return begun(game, spaces, request.seeds[k], request.options);
    case 'render': return then(rendered(game, request.mode), (picture) => frame(request.id, instance, picture));
    default:
      if (request.reset_instead?.includes(instance)) return begun(game, spaces, null, null);
      return stepped(game, spaces, instance, spaces.actions.pick(request.actions, k), Boolean(request.reset_after));
  }
}

/** @param {Game} game @param {Spaces} spaces @param {any} seed @param {any} options @returns {Soon<Outcome>} */
function begun(game, spaces, seed, options) {
  return then(game.reset({ seed, options: options ?? {} }), (begin) => {
    const { observation, info } = isObject(begin) && 'observation' in begin ? begin : { observation: begin, info: {} };
    return { observation: inside(spaces, observation), info: info ?? {}, reward: 0, terminated: false, truncated: false };
  });
}

/** @param {Game} game @param {Spaces} spaces @param {number} instance @param {any} action @param {boolean} resetAfter @returns {Soon<Outcome>} */
function stepped(game, spaces, instance, action, resetAfter) {
  return then(game.step(action), (step) => {
    const outcome = complete(step);
    inside(spaces, outcome.observation);
    if (!resetAfter || !(outcome.terminated || outcome.truncated)) return outcome;
    // Packed before the reset, which may write into the same buffer.
    const final = { instance, observation: spaces.observations.pack(outcome.observation), info: outcome.info };
    return then(begun(game, spaces, null, null), ({ observation, info }) => ({ ...outcome, observation, info, final }));
  });
}

/** @param {any} step @returns {Outcome} */
function complete(step) {
  const { observation, reward, terminated, truncated = false, info } = step ?? {};
  if (typeof reward !== 'number') throw new GameFault('GAME_ERROR', `step: the reward must be a number, got ${reward}`);
  if (typeof terminated !== 'boolean' || typeof truncated !== 'boolean') {
    throw new GameFault('GAME_ERROR', `step: terminated and truncated must be true or false, got ${terminated}, ${truncated}`);
  }
  return { observation, reward, terminated, truncated, info: info ?? {} };
}

/** @param {Spaces} spaces @param {any} observation */
function inside(spaces, observation) {
  const problem = spaces.check(observation);
  if (problem) throw new GameFault('INVALID_OBSERVATION', described(problem, 'observation'));
  return observation;
}

// ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** @param {Game} game @returns {string[]} */
export function renderModes(game) {
  return game.metadata?.render_modes ?? (game.render ? ['rgb_array'] : []);
}

/** @param {Game} game @param {string} mode @returns {Soon<Picture>} */
function rendered(game, mode) {
  if (!game.render || !renderModes(game).includes(mode)) {
    throw new GameFault('UNSUPPORTED', `no render mode ${mode}; there are: ${renderModes(game).join(', ') || 'none'}`);
  }
  return game.render({ mode });
}

/** @param {number} id @param {number} instance @param {any} picture @returns {Message} */
function frame(id, instance, picture) {
  const head = { type: 'frame', id, instance };
  if (typeof picture === 'string') return { ...head, encoding: 'text', data: picture };
  if (!isTyped(picture?.data) && !Array.isArray(picture?.data)) {
    throw new GameFault('GAME_ERROR', 'render: expected {width, height, data}, {encoding, data} or a string');
  }
  const { encoding = 'rgb', data } = picture;
  if (encoding !== 'rgb') return { ...head, encoding, data: new NumericArray('uint8', [data.length], data) };
  return { ...head, encoding, data: rgb(picture) };
}

/** @param {{width: number, height: number, data: ArrayLike<number>}} picture three or four bytes a pixel */
function rgb({ width, height, data }) {
  const pixels = width * height;
  const shape = [height, width, 3];
  if (data.length === 3 * pixels) return new NumericArray('uint8', shape, data);
  if (data.length !== 4 * pixels) {
    throw new GameFault('GAME_ERROR', `render: ${width} × ${height} pixels need 3 or 4 bytes each, got ${data.length} bytes`);
  }
  const opaque = new Uint8Array(3 * pixels);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    opaque[to++] = data[from];
    opaque[to++] = data[from + 1];
    opaque[to++] = data[from + 2];
  }
  return new NumericArray('uint8', shape, opaque);
}

// ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Gathers what the instances of one request answer. Everything there at the first `flush` goes in one message; after
 * it, whatever arrives in one turn of the event loop does.
 * @param {Message} request
 * @param {Spaces} spaces
 * @param {(answer: Message) => void} send
 * @param {(problem: unknown) => void} report
 */
function answersTo(request, spaces, send, report) {
  let left = request.instances.length;
  let gathered = gathering(request, spaces, left);
  /** @type {Message[]} */
  let others = [];
  let isFlushed = false;
  let isWaiting = false;
  const answered = () => {
    left -= 1;
    if (!isFlushed || isWaiting) return;
    isWaiting = true;
    Promise.resolve().then(flush);
  };
  const flush = () => {
    const state = gathered.message();
    if (state) send(state);
    others.forEach(send);
    [isFlushed, isWaiting, others] = [true, false, []];
    if (left > 0) gathered = gathering(request, spaces, left);
  };
  return {
    flush,
    /** @param {number} instance @param {any} outcome */
    add(instance, outcome) {
      if (outcome.type === 'frame') others.push(outcome);
      else gathered.put(instance, outcome);
      answered();
    },
    /** @param {number} instance @param {any} error */
    fail(instance, error) {
      report(error instanceof GameFault ? error.message : error);
      const code = error instanceof GameFault ? error.code : 'GAME_ERROR';
      others.push({ type: 'fault', code, message: String(error?.message ?? error), id: request.id, instances: [instance] });
      answered();
    },
  };
}

/** @param {Message} request @param {Spaces} spaces @param {number} capacity */
function gathering(request, spaces, capacity) {
  const observations = spaces.observations.gather(request.type === 'render' ? 0 : capacity);
  /** @type {number[]} */
  const instances = [];
  /** @type {{rewards: number[], terminated: boolean[], truncated: boolean[]}} */
  const columns = { rewards: [], terminated: [], truncated: [] };
  /** @type {Record<string, any>[]} */
  const infos = [];
  /** @type {Final[]} */
  const finals = [];
  return {
    /** @param {number} instance @param {Outcome} outcome */
    put(instance, outcome) {
      observations.put(outcome.observation);
      instances.push(instance);
      infos.push(outcome.info);
      columns.rewards.push(outcome.reward);
      columns.terminated.push(outcome.terminated);
      columns.truncated.push(outcome.truncated);
      if (outcome.final) finals.push(outcome.final);
    },
    /** @returns {Message|undefined} the fields that do not apply are left out */
    message() {
      if (instances.length === 0) return undefined;
      return {
        type: 'state', id: request.id, instances, observations: observations.take(),
        ...(request.type === 'step' && columns),
        ...(infos.some(hasKeys) && { infos }),
        ...(finals.length > 0 && { finals }),
      };
    },
  };
}

// ── at once or later ─────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Runs the work of each instance one after the other: while a promise of an instance is open, its next work waits.
 */
function turns() {
  /** @type {Map<number, Promise<void>>} */
  const busy = new Map();
  /** @param {number} instance @param {() => any} work @param {(instance: number, result: any) => void} done @param {(instance: number, error: any) => void} failed */
  return (instance, work, done, failed) => {
    const before = busy.get(instance);
    const run = () => settle(work, (result) => done(instance, result), (error) => failed(instance, error));
    const open = before ? before.then(run) : run();
    if (!open) return;
    const last = open.then(() => {
      if (busy.get(instance) === last) busy.delete(instance);
    });
    busy.set(instance, last);
  };
}

/** @param {() => any} work @param {(result: any) => void} done @param {(error: any) => void} failed @returns {Promise<void>|undefined} */
function settle(work, done, failed) {
  try {
    const result = work();
    if (isThenable(result)) return Promise.resolve(result).then(done).catch(failed);
    done(result);
  } catch (error) {
    failed(error);
  }
  return undefined;
}

/** @param {any} value @param {(value: any) => any} next */
function then(value, next) {
  return isThenable(value) ? value.then(next) : next(value);
}

/** @param {any} value */
function isThenable(value) {
  return typeof value?.then === 'function';
}

/** @param {any} value */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}

/** @param {object} object */
function hasKeys(object) {
  for (const _ in object) return true;
  return false;
}
