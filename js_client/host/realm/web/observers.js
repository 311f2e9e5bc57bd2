/**
 * MutationObserver, for children, attributes and text; ResizeObserver and IntersectionObserver, which tell each
 * element's size once, as far as it is known without a layout.
 */

import { here, soon } from './here.js';

/** @typedef {{type: 'childList'|'attributes'|'characterData', target: any, addedNodes: any[], removedNodes: any[], previousSibling: any, nextSibling: any,
 *   attributeName: string|null, attributeNamespace: null, oldValue: string|null}} MutationRecord */

export class MutationObserver {
  #work;
  /** @type {Map<any, any>} */
  #targets = new Map();
  /** @type {MutationRecord[]} */
  #records = [];

  /** @param {Function} work */
  constructor(work) {
    this.#work = work;
  }

  /** @param {any} target @param {any} [options] */
  observe(target, options = {}) {
    this.#targets.set(target, { ...options, attributes: options.attributes ?? Boolean(options.attributeOldValue || options.attributeFilter) });
    here.observers.add(this);
  }

  disconnect() {
    this.#targets.clear();
    this.#records = [];
    here.observers.delete(this);
  }

  takeRecords() {
    return this.#records.splice(0);
  }

  /** @param {MutationRecord} record */
  hear(record) {
    if (!this.#wants(record)) return;
    this.#records.push(record);
    if (this.#records.length === 1) Promise.resolve().then(() => this.#deliver());
  }

  #deliver() {
    const records = this.takeRecords();
    if (records.length > 0) here.kernel.run(this.#work, this, [records, this]);
  }

  /** @param {MutationRecord} record */
  #wants({ type, target, attributeName }) {
    for (let node = target; node; node = node.parentNode) {
      const options = this.#targets.get(node);
      if (!options?.[type] || (node !== target && !options.subtree)) continue;
      if (type !== 'attributes' || !options.attributeFilter || options.attributeFilter.includes(attributeName)) return true;
    }
    return false;
  }
}

/** @type {any} */
const NO_NODES = Object.freeze([]);
const NO_CHANGE = {
  addedNodes: NO_NODES, removedNodes: NO_NODES, previousSibling: null, nextSibling: null,
  attributeName: null, attributeNamespace: null, oldValue: null,
};

/** Something changed in a tree. Called only while somebody observes. @param {any} change type, target and what else there is to say */
export function mutated(change) {
  const record = { ...NO_CHANGE, ...change };
  for (const observer of here.observers) observer.hear(record);
}

/** What both observers of sizes do: tell each element once, together with others of the same moment. */
class OnceObserver {
  #work;
  /** @type {Set<any>} */
  #waiting = new Set();

  /** @param {Function} work */
  constructor(work) {
    if (typeof work !== 'function') throw new TypeError('parameter 1 is not of type Function');
    this.#work = work;
  }

  /** @param {any} target */
  observe(target) {
    if (this.#waiting.size === 0) soon(() => this.#tell());
    this.#waiting.add(target);
  }

  /** @param {any} target */
  unobserve(target) { this.#waiting.delete(target); }
  disconnect() { this.#waiting.clear(); }
  takeRecords() { return []; }

  /** @param {any} target @returns {any} */
  entry(target) { return { target }; }

  #tell() {
    const entries = [...this.#waiting].map((target) => this.entry(target));
    this.#waiting.clear();
    if (entries.length > 0) here.kernel.run(this.#work, this, [entries, this]);
  }
}

export class ResizeObserver extends OnceObserver {
  /** @param {any} target */
  entry(target) {
    const { width, height } = target.getBoundingClientRect();
    const size = [{ inlineSize: width, blockSize: height }];
    return { target, contentRect: { x: 0, y: 0, left: 0, top: 0, right: width, bottom: height, width, height }, borderBoxSize: size, contentBoxSize: size, devicePixelContentBoxSize: size };
  }
}

export class IntersectionObserver extends OnceObserver {
  root = null;
  rootMargin = '0px';
  thresholds = [0];

  /** @param {any} target */
  entry(target) {
    const rectangle = target.getBoundingClientRect();
    return {
      target, isIntersecting: true, intersectionRatio: 1, boundingClientRect: rectangle, intersectionRect: rectangle,
      rootBounds: null, time: here.kernel.clock.now(),
    };
  }
}
