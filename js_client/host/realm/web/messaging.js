/**
 * MessageChannel and its ports, BroadcastChannel, and window.postMessage: messages within a page, each a task.
 */

import { trusted } from './event.js';
import { here, soon } from './here.js';
import { MessageEvent } from './interface-events.js';
import { ORIGIN_OF_PAGE } from './resources.js';
import { EventTarget, dispatch, handlerOf, handlersOf, setHandler } from './targets.js';

const OTHER = Symbol('other');

export class MessagePort extends EventTarget {
  /** The other end. @type {MessagePort|null} */
  [OTHER] = null;
  #isStarted = false;
  /** What came before somebody listened. @type {any[]} */
  #waiting = [];

  /** @param {any} data */
  postMessage(data) {
    const other = this[OTHER];
    if (!other) return;
    const copy = copied(data);
    soon(() => other.#receive(copy), 0);
  }

  start() {
    this.#isStarted = true;
    for (const data of this.#waiting.splice(0)) soon(() => this.#receive(data), 0);
  }

  close() {
    if (this[OTHER]) this[OTHER][OTHER] = null;
    this[OTHER] = null;
  }

  get onmessage() { return handlerOf(this, 'message'); }
  set onmessage(/** @type {any} */ work) {
    setHandler(this, 'message', work);
    this.start();
  }

  /** @param {any} data */
  #receive(data) {
    if (this.#isStarted) dispatch(this, trusted(new MessageEvent('message', { data })));
    else this.#waiting.push(data);
  }
}
handlersOf(MessagePort, 'messageerror');

export class MessageChannel {
  port1 = new MessagePort();
  port2 = new MessagePort();

  constructor() {
    this.port1[OTHER] = this.port2;
    this.port2[OTHER] = this.port1;
  }
}

/** The channels of this page, by name. @type {WeakMap<any, Map<string, BroadcastChannel[]>>} */
const channels = new WeakMap();

export class BroadcastChannel extends EventTarget {
  #name;

  /** @param {any} name */
  constructor(name) {
    super();
    this.#name = String(name);
    peersOf(this.#name).push(this);
  }

  get name() { return this.#name; }

  /** @param {any} data */
  postMessage(data) {
    const copy = copied(data);
    for (const peer of peersOf(this.#name)) {
      if (peer !== this) soon(() => dispatch(peer, trusted(new MessageEvent('message', { data: copy, origin: ORIGIN_OF_PAGE }))), 0);
    }
  }

  close() {
    const peers = peersOf(this.#name);
    if (peers.includes(this)) peers.splice(peers.indexOf(this), 1);
  }
}
handlersOf(BroadcastChannel, 'message messageerror');

/** @param {string} name @returns {BroadcastChannel[]} */
function peersOf(name) {
  const named = channels.get(here.kernel) ?? new Map();
  channels.set(here.kernel, named);
  if (!named.has(name)) named.set(name, []);
  return named.get(name);
}

/** window.postMessage @param {any} data */
export function postToWindow(data) {
  const copy = copied(data);
  soon(() => dispatch(here.window, trusted(new MessageEvent('message', { data: copy, origin: ORIGIN_OF_PAGE, source: here.window }))), 0);
}

/** @param {any} data */
function copied(data) {
  if (typeof data !== 'object' || data === null) return data;
  const clone = here.window.structuredClone;
  return typeof clone === 'function' ? clone(data) : data;
}
