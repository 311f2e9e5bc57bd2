/**
 * Values as they would be on the wire: typed arrays as lists, and the objects of any realm as plain ones.
 */

/** @param {any} value @returns {any} */
export function plain(value) {
  if (ArrayBuffer.isView(value)) return Array.from(/** @type {any} */ (value));
  if (Array.isArray(value)) return Array.from(value, plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}
