/**
 * DOMException, AbortController and AbortSignal.
 */

import { Event, constants } from './event.js';
import { soon } from './here.js';
import { EventTarget, dispatch, handlersOf } from './targets.js';

const CODES = {
  IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5, NotFoundError: 8, NotSupportedError: 9,
  InvalidStateError: 11, SyntaxError: 12, InvalidAccessError: 15, SecurityError: 18, NetworkError: 19, AbortError: 20,
  QuotaExceededError: 22, TimeoutError: 23, DataCloneError: 25,
};

export class DOMException extends Error {
  #name;

  /** @param {string} [message] @param {string} [name] */
  constructor(message = '', name = 'Error') {
    super(message);
    this.#name = name;
  }

  get name() { return this.#name; }
  get code() { return /** @type {any} */ (CODES)[this.#name] ?? 0; }
}
constants(DOMException, {
  NOT_FOUND_ERR: 8, NOT_SUPPORTED_ERR: 9, INVALID_STATE_ERR: 11, SYNTAX_ERR: 12, SECURITY_ERR: 18, ABORT_ERR: 20, QUOTA_EXCEEDED_ERR: 22,
});

/** Only this file makes signals. */
const OURS = Symbol('ours');
const ABORT = Symbol('abort');

export class AbortSignal extends EventTarget {
  #isAborted = false;
  /** @type {any} */
  #reason;

  /** @param {any} [key] */
  constructor(key) {
    if (key !== OURS) throw new TypeError('Illegal constructor');
    super();
  }

  get aborted() { return this.#isAborted; }
  get reason() { return this.#reason; }
  throwIfAborted() {
    if (this.#isAborted) throw this.#reason;
  }

  /** @param {any} reason */
  [ABORT](reason = new DOMException('signal is aborted without reason', 'AbortError')) {
    if (this.#isAborted) return;
    this.#isAborted = true;
    this.#reason = reason;
    dispatch(this, new Event('abort'));
  }

  /** @param {any} [reason] */
  static abort(reason) {
    const signal = new AbortSignal(OURS);
    signal[ABORT](reason);
    return signal;
  }

  /** @param {number} milliseconds */
  static timeout(milliseconds) {
    const signal = new AbortSignal(OURS);
    soon(() => signal[ABORT](new DOMException('signal timed out', 'TimeoutError')), milliseconds);
    return signal;
  }

  /** @param {Iterable<AbortSignal>} signals */
  static any(signals) {
    const either = new AbortSignal(OURS);
    for (const signal of signals) {
      if (signal.aborted) either[ABORT](signal.reason);
      else signal.addEventListener('abort', () => either[ABORT](signal.reason));
    }
    return either;
  }
}
handlersOf(AbortSignal, 'abort');

export class AbortController {
  #signal = new AbortSignal(OURS);

  get signal() { return this.#signal; }

  /** @param {any} [reason] */
  abort(reason) {
    this.#signal[ABORT](reason);
  }
}
