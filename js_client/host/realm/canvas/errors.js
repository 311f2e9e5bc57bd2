/**
 * Errors as browsers throw them.
 */

/** A DOMException where there is one. @param {string} name @param {string} message @returns {Error} */
export function domError(name, message) {
  const { DOMException } = globalThis;
  if (DOMException) return new DOMException(message, name);
  return Object.assign(new Error(message), { name });
}
