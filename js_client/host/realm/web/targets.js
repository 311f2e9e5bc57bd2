/**
 * EventTarget, and the way of an event through the targets that hear it: down, at its target, up again.
 *
 * Knows no node: what lies above a target is asked of the target. A dispatch that nobody can hear costs one look-up.
 */

import { Event, ROUTE } from './event.js';
import { here, needsBrowser } from './here.js';

/** @typedef {{type: string, work: any, capture: boolean, once: boolean, passive: boolean, isHandler: boolean, isGone: boolean}} Listener */

/** Of a target: its listeners by type, a Map from the first one on. */
const LISTENERS = Symbol('listeners');
/** A method: the target above this one on an event's way. */
export const ABOVE = Symbol('above');
/** A method: whose handler one of these properties is: those of <body> are the window's. */
export const HANDLED = Symbol('handled');
/** A method: dispatches, with what a click does besides. */
export const DISPATCH = Symbol('dispatch');

export class EventTarget {
  /** @param {any} type @param {any} work a function, or an object with handleEvent @param {any} [options] */
  addEventListener(type, work, options) {
    if (work === null || work === undefined) return;
    const { capture, once, passive, signal } = optionsOf(options);
    if (signal?.aborted) return;
    const added = listen(selfOf(this), {
      type: String(type), work, capture, once, passive, isHandler: false, isGone: false,
    });
    if (added) signal?.addEventListener('abort', () => selfOf(this).removeEventListener(type, work, options));
  }

  /** @param {any} type @param {any} work @param {any} [options] */
  removeEventListener(type, work, options) {
    /** @type {any} */
    const target = selfOf(this);
    const { capture } = optionsOf(options);
    const found = target[LISTENERS]?.get(String(type))
      ?.find((/** @type {Listener} */ other) => other.work === work && other.capture === capture && !other.isHandler);
    if (found) unlisten(target, found);
  }

  /** @param {Event} event @returns {boolean} whether nobody prevented the default */
  dispatchEvent(event) {
    if (!(event instanceof Event)) throw new TypeError("Failed to execute 'dispatchEvent': parameter 1 is not of type 'Event'");
    event[ROUTE].isTrusted = false;
    return selfOf(this)[DISPATCH](event);
  }

  /** @param {Event} event @returns {boolean} */
  [DISPATCH](event) {
    return dispatch(this, event);
  }

  /** @param {Event} _event @returns {any} */
  [ABOVE](_event) {
    return null;
  }

  get [Symbol.toStringTag]() { return this.constructor.name; }
}

/** `addEventListener(…)` alone, as many games write it, is the window's. @param {any} self */
function selfOf(self) {
  return self ?? here.window;
}

const PLAIN = { capture: false, once: false, passive: false, signal: undefined };
const CAPTURING = { ...PLAIN, capture: true };

/** @param {any} options @returns {{capture: boolean, once: boolean, passive: boolean, signal: any}} */
function optionsOf(options) {
  if (typeof options !== 'object' || options === null) return options ? CAPTURING : PLAIN;
  const { capture = false, once = false, passive = false, signal } = options;
  return { capture: Boolean(capture), once: Boolean(once), passive: Boolean(passive), signal };
}

/** Lists are never changed, only replaced: a dispatch that is under way goes on with its own. @param {any} target @param {Listener} listener */
function listen(target, listener) {
  const lists = (target[LISTENERS] ??= new Map());
  const list = lists.get(listener.type) ?? [];
  if (!listener.isHandler && list.some((/** @type {Listener} */ other) => (
    other.work === listener.work && other.capture === listener.capture && !other.isHandler))) return false;
  lists.set(listener.type, [...list, listener]);
  if (!here.heard.has(listener.type)) {
    here.heard.add(listener.type);
    noteAnimations();
  }
  return true;
}

/** @param {any} target @param {Listener} listener */
function unlisten(target, listener) {
  listener.isGone = true;
  const lists = target[LISTENERS];
  const rest = lists.get(listener.type).filter((/** @type {Listener} */ other) => other !== listener);
  if (rest.length > 0) lists.set(listener.type, rest);
  else lists.delete(listener.type);
}

const NEVER_COMING = ['transitionend', 'animationend', 'webkitTransitionEnd', 'webkitAnimationEnd', 'animationiteration', 'transitionstart'];

/** Somebody waits for the end of an animation, or has one: without a layout it never ends. */
export function noteAnimations() {
  if (!here.heard.has('#animated')) return;
  const type = NEVER_COMING.find((name) => here.heard.has(name));
  if (type) needsBrowser(`${type}: CSS animations and transitions do not run`);
}

/** A style has an animation or a transition. */
export function animated() {
  if (here.heard.has('#animated')) return;
  here.heard.add('#animated');
  noteAnimations();
}

/** The function that a property like `onclick` holds. @param {any} target @param {string} type @returns {any} */
export function handlerOf(target, type) {
  return handlerTarget(target, type)[LISTENERS]?.get(type)?.find(isHandler)?.work ?? null;
}

/** @param {Listener} listener */
function isHandler(listener) {
  return listener.isHandler;
}

/** @param {any} target @param {string} type */
function handlerTarget(target, type) {
  return target[HANDLED]?.(type) ?? target;
}

/** Sets a property like `onclick`; it keeps its place among the listeners. @param {any} self @param {string} type @param {any} work */
export function setHandler(self, type, work) {
  const target = handlerTarget(self, type);
  const found = target[LISTENERS]?.get(type)?.find(isHandler);
  const isCallable = typeof work === 'function' || (typeof work === 'object' && work !== null);
  if (found && isCallable) found.work = work;
  else if (found) unlisten(target, found);
  else if (isCallable) listen(target, { type, work, capture: false, once: false, passive: false, isHandler: true, isGone: false });
}

/** Gives a class properties like `onclick`. @param {any} owner a class @param {string} types with spaces between */
export function handlersOf(owner, types) {
  for (const type of types.split(/\s+/)) {
    Object.defineProperty(owner.prototype, `on${type}`, {
      get() { return handlerOf(selfOf(this), type); },
      set(work) { setHandler(selfOf(this), type, work); },
      configurable: true, enumerable: true,
    });
  }
}

/** @param {string} type */
export function isHeard(type) {
  return here.heard.has(type);
}

/** @param {any} target @param {Event} event @returns {boolean} whether nobody prevented the default */
export function dispatch(target, event) {
  const route = event[ROUTE];
  route.target = target;
  if (!here.heard.has(event.type)) return !route.isPrevented;
  const path = [];
  for (let above = target; above; above = above[ABOVE](event)) path.push(above);
  route.path = path;
  const before = here.event;
  here.event = event;
  travel(path, event, route);
  here.event = before;
  Object.assign(route, { path: [], currentTarget: null, phase: 0, isStopped: false, isStoppedAtOnce: false });
  return !route.isPrevented;
}

/** @param {any[]} path @param {Event} event @param {import('./event.js').Route} route */
function travel(path, event, route) {
  for (let i = path.length - 1; i > 0 && !route.isStopped; i -= 1) visit(path[i], event, route, 1);
  if (!route.isStopped) visit(path[0], event, route, 2);
  if (!event.bubbles) return;
  for (let i = 1; i < path.length && !route.isStopped; i += 1) visit(path[i], event, route, 3);
}

/** @param {any} target @param {Event} event @param {import('./event.js').Route} route @param {number} phase */
function visit(target, event, route, phase) {
  const list = target[LISTENERS]?.get(event.type);
  if (list === undefined) return;
  route.currentTarget = target;
  route.phase = phase;
  if (phase !== 3) callAll(target, list, event, route, true);
  if (phase !== 1 && !(phase === 2 && route.isStopped)) callAll(target, list, event, route, false);
}

/** @param {any} target @param {readonly Listener[]} list @param {Event} event @param {import('./event.js').Route} route @param {boolean} capture */
function callAll(target, list, event, route, capture) {
  for (const listener of list) {
    if (listener.capture !== capture || listener.isGone || route.isStoppedAtOnce) continue;
    if (listener.once) unlisten(target, listener);
    route.isPassive = listener.passive;
    call(listener, target, event);
    route.isPassive = false;
  }
}

/** @param {Listener} listener @param {any} target @param {Event} event */
function call(listener, target, event) {
  const { work } = listener;
  if (typeof work !== 'function') {
    here.kernel.run(() => work.handleEvent(event));
  } else if (!listener.isHandler) {
    here.kernel.run(work, target, [event]);
  } else if (event.type === 'error' && target === here.window) {
    const { message, filename, lineno, colno, error } = /** @type {any} */ (event);
    if (here.kernel.run(work, target, [message ?? event, filename, lineno, colno, error]) === true) event.preventDefault();
  } else {
    const answer = here.kernel.run(work, target, [event]);
    if (answer === false) event.preventDefault();
  }
}
