/**
 * The expressions and statements of a description, made functions of the realm. They see the game's global scope, and
 * `stepwire`: the handle on what no expression could reach by itself.
 */

import { errorText } from './report.js';

/** @typedef {string|{function: string}} Expression as the description has it; a function is its own text */
/** @typedef {(action?: any) => any} Evaluate */

/**
 * What `stepwire` means in an expression.
 * @param {import('./kernel.js').Kernel} kernel
 */
export function createHandle(kernel) {
  return {
    /** The exports of a module that the game has loaded. @param {string} path */
    module: (path) => kernel.modules.exportsOf(path),
    /** The names of a module's own scope that `hooks.peek` lists. @param {string} path */
    peek: (path) => kernel.modules.peek(path),
    storage: kernel.storage,
    get frame() {
      return kernel.clock.frameCount();
    },
    fingerprint: () => kernel.canvas.fingerprint(),
    get pages() {
      return kernel.pages;
    },
  };
}

/**
 * Makes functions of expressions; an exception in one says which field of the description it stands in.
 * @param {import('./kernel.js').Kernel} kernel
 * @param {any} handle
 */
export function createExpressions(kernel, handle) {
  /** @param {string} body @param {string} field @returns {Evaluate} */
  const compiled = (body, field) => {
    const work = named(field, () => kernel.natives.compile(body, field, ['stepwire', 'action']));
    return (action) => {
      try {
        return work(handle, action);
      } catch (error) {
        throw inField(field, error);
      }
    };
  };
  return {
    /** @param {Expression} given @param {string} field */
    expression: (given, field) => compiled(`return (${typeof given === 'string' ? given : `(${given.function})(stepwire, action)`}\n);`, field),
    /** Statements, after which promise callbacks run. @param {Expression} given @param {string} field @returns {Evaluate} */
    statements(given, field) {
      const work = compiled(typeof given === 'string' ? `${given}\n` : `return (${given.function})(stepwire, action);`, field);
      return (action) => {
        /** @type {{error?: unknown}} */
        const failed = {};
        const result = kernel.run(() => {
          try {
            return work(action);
          } catch (error) {
            failed.error = error;
            return undefined;
          }
        });
        if ('error' in failed) throw failed.error;
        return result;
      };
    },
  };
}

/** @template T @param {string} field @param {() => T} work @returns {T} */
function named(field, work) {
  try {
    return work();
  } catch (error) {
    throw inField(field, error);
  }
}

/** @param {string} field @param {any} error */
function inField(field, error) {
  return Object.assign(new Error(`${field}: ${errorText(error, '')}`), { field });
}
