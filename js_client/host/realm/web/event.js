/**
 * Event: what is told, and how far it has got on its way. Who hears it is in targets.js.
 */

import { here } from './here.js';

/** What the way through the targets changes in an event. */
export const ROUTE = Symbol('route');
/** The dictionary that an event was made from. */
export const INIT = Symbol('init');

/** @type {any} */
const NO_INIT = Object.freeze({});

/**
 * @typedef {object} Route
 * @property {any} target
 * @property {any} currentTarget
 * @property {number} phase
 * @property {any[]} path
 * @property {boolean} isStopped
 * @property {boolean} isStoppedAtOnce
 * @property {boolean} isPrevented
 * @property {boolean} isPassive while a passive listener is called
 * @property {boolean} isTrusted made by us, not by the game
 */

export class Event {
  /** @type {any} */
  [INIT];
  /** @type {Route} */
  [ROUTE];
  #type;
  #timeStamp;

  /** @param {any} type @param {any} [init] */
  constructor(type, init) {
    this.#type = String(type);
    this.#timeStamp = here.kernel.clock.now();
    this[INIT] = init ?? NO_INIT;
    this[ROUTE] = {
      target: null, currentTarget: null, phase: 0, path: NO_PATH,
      isStopped: false, isStoppedAtOnce: false, isPrevented: false, isPassive: false, isTrusted: false,
    };
  }

  get type() { return this.#type; }
  get timeStamp() { return this.#timeStamp; }
  get bubbles() { return Boolean(this[INIT].bubbles); }
  get cancelable() { return Boolean(this[INIT].cancelable); }
  get composed() { return Boolean(this[INIT].composed); }
  get target() { return this[ROUTE].target; }
  get srcElement() { return this[ROUTE].target; }
  get currentTarget() { return this[ROUTE].currentTarget; }
  get eventPhase() { return this[ROUTE].phase; }
  get defaultPrevented() { return this[ROUTE].isPrevented; }
  get isTrusted() { return this[ROUTE].isTrusted; }
  get returnValue() { return !this[ROUTE].isPrevented; }
  set returnValue(value) { if (!value) this.preventDefault(); }
  get cancelBubble() { return this[ROUTE].isStopped; }
  set cancelBubble(value) { if (value) this.stopPropagation(); }
  composedPath() { return [...this[ROUTE].path]; }
  stopPropagation() { this[ROUTE].isStopped = true; }
  stopImmediatePropagation() {
    this[ROUTE].isStopped = true;
    this[ROUTE].isStoppedAtOnce = true;
  }
  preventDefault() {
    if (this.cancelable && !this[ROUTE].isPassive) this[ROUTE].isPrevented = true;
  }

  /** The old way: after document.createEvent. @param {any} type @param {any} [bubbles] @param {any} [cancelable] */
  initEvent(type, bubbles = false, cancelable = false) {
    this.#type = String(type);
    this[INIT] = { ...this[INIT], bubbles, cancelable };
    this[ROUTE].isPrevented = false;
    this[ROUTE].isStopped = false;
    this[ROUTE].isStoppedAtOnce = false;
  }

  get [Symbol.toStringTag]() { return this.constructor.name; }
}

/** @type {any[]} */
const NO_PATH = [];

const PHASES = { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 };
constants(Event, PHASES);

/** Constants that a class and its objects both have. @param {any} owner @param {Record<string, any>} values */
export function constants(owner, values) {
  for (const [name, value] of Object.entries(values)) {
    const property = { value, enumerable: true };
    Object.defineProperty(owner, name, property);
    Object.defineProperty(owner.prototype, name, property);
  }
}

/** An event of our own making. @template {Event} T @param {T} event @returns {T} */
export function trusted(event) {
  event[ROUTE].isTrusted = true;
  return event;
}
