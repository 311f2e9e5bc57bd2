/**
 * The manner of wx's asynchronous functions: `{success, fail, complete}` or a promise, and an answer in virtual time.
 *
 * Knows how an answer travels, not what is answered.
 */

/** @typedef {import('../kernel.js').Kernel} Kernel */
/** @typedef {ReturnType<typeof createCalls>} WxCalls */
/** @typedef {{success?: Function, fail?: Function, complete?: Function} & Record<string, any>} CallOptions */

/** Why a call failed, as it stands in `errMsg` after "name:fail". */
export class WxFailure extends Error {
  /** @param {string} reason @param {Record<string, any>} [more] that the failed call's result carries as well */
  constructor(reason, more = {}) {
    super(reason);
    this.more = more;
  }
}

/** @param {Kernel} kernel */
export function createCalls(kernel) {
  /**
   * Does the work now and answers later, once: by the callbacks, or by the promise that is returned where there is none.
   * @param {string} name @param {any} options @param {(options: CallOptions) => any} work gives the result, or throws WxFailure
   * @returns {Promise<any>|undefined}
   */
  const answer = (name, options, work) => {
    const given = options ?? {};
    const outcome = wxOutcome(name, given, work);
    if (isFunction(given.success) || isFunction(given.fail) || isFunction(given.complete)) {
      kernel.clock.later(() => tellWxOutcome(kernel, given, outcome));
      return undefined;
    }
    return wxPromise(kernel, outcome);
  };

  return {
    answer,
    /** The outcome is known now; for functions that give back something else than a promise. @param {string} name @param {any} options @param {(options: CallOptions) => any} work */
    tell(name, options, work) {
      const outcome = wxOutcome(name, options ?? {}, work);
      kernel.clock.later(() => tellWxOutcome(kernel, options ?? {}, outcome));
    },
    /** A function of wx. @param {string} name @param {(options: CallOptions) => any} work */
    call: (name, work) => (/** @type {any} */ options) => answer(name, options, work),
    /** Functions that always succeed and do nothing. @param {string} names with spaces between */
    idle: (names) => wxFunctionsOf(names, (name) => (options) => answer(name, options, noWxResult)),
    /** Functions that always fail. @param {string} names @param {string} reason @param {(name: string) => void} [note] */
    failing: (names, reason, note) => wxFunctionsOf(names, (name) => (options) => {
      note?.(name);
      return answer(name, options, () => { throw new WxFailure(reason); });
    }),
  };
}

/** @param {string} names @param {(name: string) => (options: any) => any} make @returns {Record<string, any>} */
function wxFunctionsOf(names, make) {
  /** @type {Record<string, any>} */
  const functions = {};
  for (const name of names.split(' ')) functions[name] = make(name);
  return functions;
}

/** @typedef {{isOk: boolean, result: Record<string, any>}} CallOutcome */

/** @param {string} name @param {CallOptions} options @param {(options: CallOptions) => any} work @returns {CallOutcome} */
function wxOutcome(name, options, work) {
  try {
    return { isOk: true, result: { ...work(options), errMsg: `${name}:ok` } };
  } catch (error) {
    if (!(error instanceof WxFailure)) throw error;
    return { isOk: false, result: { ...error.more, errMsg: `${name}:fail ${error.message}` } };
  }
}

/** @param {Kernel} kernel @param {CallOptions} options @param {CallOutcome} outcome */
function tellWxOutcome(kernel, { success, fail, complete }, { isOk, result }) {
  const told = isOk ? success : fail;
  if (isFunction(told)) kernel.run(told, undefined, [result]);
  if (isFunction(complete)) kernel.run(complete, undefined, [result]);
}

/** @param {Kernel} kernel @param {CallOutcome} outcome @returns {Promise<any>} */
function wxPromise(kernel, { isOk, result }) {
  const promise = new Promise((resolve, reject) => {
    kernel.clock.later(() => (isOk ? resolve(result) : reject(result)));
  });
  // A game that asks and does not wait for the answer has made no mistake.
  promise.catch(() => undefined);
  return promise;
}

/** @param {unknown} value @returns {value is Function} */
export function isFunction(value) {
  return typeof value === 'function';
}

function noWxResult() {
  return {};
}
