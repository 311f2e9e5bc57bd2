/**
 * Runs the requests of a bridge on the copies of a game, and turns what the copies answer into messages.
 *
 * Knows nothing of sockets or of text. What all copies answer at once goes into one message; copies that answer with a
 * promise are waited for without holding the others, and those that are ready together still share a message.
 */

import { answersTo } from './answers.js';
import { layout } from './batches.js';
import { checker } from './checks.js';
import { pictured } from './pictures.js';
import { described, GameFault, isObject } from './problems.js';
import { isThenable, then, turns } from './turns.js';

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
 * @property {() => void} [abandon] is told where a guard had to stop it in the middle of its work
 */

/** @typedef {import('./messages.js').Message} Message */
/** @typedef {(request: Message, send: (answer: Message) => void) => void} Perform */
/** @typedef {(work: () => void, request: Message) => string|undefined} Guard does the work of a request, and says why where it had to stop it */
/** @typedef {{instance: number, observation: any, info: Record<string, any>}} Final */
/** @typedef {{observation: any, info: Record<string, any>, reward: number, terminated: boolean, truncated: boolean, final?: Final}} Outcome */

/**
 * A function that performs one request and sends its answers: during the call where the game answers at once.
 * @param {Game[]} games the copies, by number; all of one kind
 * @param {(problem: unknown) => void} report is told what went wrong in a game, for its author
 * @param {Guard} [guard] for games that may not come to an end by themselves
 * @returns {Perform}
 */
export function performer(games, report, guard) {
  const spaces = prepared(games[0]);
  const inTurn = turns();
  return (request, send) => {
    const { flush, add: done, fail: failed } = answersTo(request, spaces, send, report);
    const task = { work: worker(request, games, spaces), done, failed };
    const { instances } = request;
    let place = 0;
    const work = () => {
      while (place < instances.length) {
        place += 1;
        inTurn(instances[place - 1], task, place - 1);
      }
    };
    if (!guard) work();
    while (guard && place < instances.length) {
      const why = guard(work, request);
      if (why === undefined) continue;
      // The instance that was stopped is broken; those before it have answered, and need not wait for those behind it.
      games[instances[place - 1]].abandon?.();
      failed(place - 1, new GameFault('GAME_ERROR', why));
      flush();
    }
    flush();
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
 * What an instance does for a request, given its place in it: an outcome, or a frame for `render`.
 * @param {Message} request
 * @param {Game[]} games
 * @param {Spaces} spaces
 * @returns {(place: number) => any}
 */
function worker(request, games, spaces) {
  const { instances } = request;
  switch (request.type) {
    case 'reset': return (place) => begun(games[instances[place]], spaces, request.seeds[place], request.options);
    case 'render': return (place) => pictured(games[instances[place]], request, instances[place]);
    default: return stepper(request, games, spaces);
  }
}

/** @param {Message} request @param {Game[]} games @param {Spaces} spaces @returns {(place: number) => any} */
function stepper({ instances, actions, reset_instead: over, reset_after: after }, games, spaces) {
  const isOver = over?.length ? new Set(over) : undefined;
  const step = after ? steppedOn : stepped;
  return (place) => {
    const instance = instances[place];
    if (isOver?.has(instance)) return begun(games[instance], spaces, null, null);
    return step(games[instance], spaces, instance, spaces.actions.pick(actions, place));
  };
}

/** @param {Game} game @param {Spaces} spaces @param {any} seed @param {any} options @returns {Soon<Outcome>} */
function begun(game, spaces, seed, options) {
  return then(game.reset({ seed, options: options ?? {} }), (begin) => {
    const { observation, info } = isObject(begin) && 'observation' in begin ? begin : { observation: begin, info: {} };
    return { observation: inside(spaces, observation), info: info ?? {}, reward: 0, terminated: false, truncated: false };
  });
}

/** @param {Game} game @param {Spaces} spaces @param {number} _ @param {any} action @returns {Soon<Outcome>} */
function stepped(game, spaces, _, action) {
  const step = game.step(action);
  return isThenable(step) ? then(step, (late) => judged(late, spaces)) : judged(step, spaces);
}

/**
 * A step, and the reset that follows it at once where the episode has ended.
 * @param {Game} game @param {Spaces} spaces @param {number} instance @param {any} action @returns {Soon<Outcome>}
 */
function steppedOn(game, spaces, instance, action) {
  return then(stepped(game, spaces, instance, action), (outcome) => {
    if (!(outcome.terminated || outcome.truncated)) return outcome;
    // Packed before the reset, which may write into the same buffer.
    const final = { instance, observation: spaces.observations.pack(outcome.observation), info: outcome.info };
    return then(begun(game, spaces, null, null), ({ observation, info }) => ({ ...outcome, observation, info, final }));
  });
}

/** What a step came to, in an object of our own: a game may give the same one again. @param {any} step @param {Spaces} spaces @returns {Outcome} */
function judged(step, spaces) {
  const { observation, reward, terminated, truncated = false, info } = step ?? {};
  if (typeof reward !== 'number') throw new GameFault('GAME_ERROR', `step: the reward must be a number, got ${reward}`);
  if (typeof terminated !== 'boolean' || typeof truncated !== 'boolean') {
    throw new GameFault('GAME_ERROR', `step: terminated and truncated must be true or false, got ${terminated}, ${truncated}`);
  }
  return { observation: inside(spaces, observation), reward, terminated, truncated, info: info ?? {} };
}

/** @param {Spaces} spaces @param {any} observation */
function inside(spaces, observation) {
  const problem = spaces.check(observation);
  if (problem) throw new GameFault('INVALID_OBSERVATION', described(problem, 'observation'));
  return observation;
}
