/**
 * What `setData` does to a page's data: values at paths like `a.b[0].c`, copied. Pure.
 */

/**
 * @param {any} data is changed
 * @param {Record<string, any>} changes values by path
 */
export function applyDataChanges(data, changes) {
  for (const [path, value] of Object.entries(changes ?? {})) setDataAt(data, dataPath(path), copiedData(value));
}

/** A copy of what is plain; functions and other objects are kept as they are. @param {any} value @returns {any} */
export function copiedData(value) {
  if (Array.isArray(value)) return value.map(copiedData);
  if (typeof value !== 'object' || value === null || !isPlainData(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copiedData(part)]));
}

/** @param {object} value */
function isPlainData(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** `a.b[0]` → a, b, 0; what was in brackets is a number. @param {string} path @returns {(string|number)[]} */
function dataPath(path) {
  return Array.from(path.matchAll(/\[(\d+)\]|([^.[\]]+)/g), ([, index, name]) => (index === undefined ? name : Number(index)));
}

/** @param {any} data @param {(string|number)[]} path @param {any} value */
function setDataAt(data, path, value) {
  let place = data;
  path.slice(0, -1).forEach((key, i) => {
    const isList = typeof path[i + 1] === 'number';
    const isThere = isList ? Array.isArray(place[key]) : typeof place[key] === 'object' && place[key] !== null;
    if (!isThere) place[key] = isList ? [] : {};
    place = place[key];
  });
  const last = path.at(-1);
  if (last !== undefined) place[last] = value;
}
