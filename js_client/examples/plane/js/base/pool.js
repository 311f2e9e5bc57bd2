/**
 * Things that come and go many times a minute are used again, by class.
 */
export default class Pool {
  constructor() {
    this.idle = new Map();
  }

  take(Kind) {
    const idle = this.idle.get(Kind);
    return idle && idle.length ? idle.pop() : new Kind();
  }

  give(thing) {
    const Kind = thing.constructor;
    if (!this.idle.has(Kind)) this.idle.set(Kind, []);
    this.idle.get(Kind).push(thing);
  }
}
