/**
 * Values as TOML, for drafts that people will read.
 */

/** One line of a table. @param {string} name @param {any} value @param {string} [comment] */
export function line(name, value, comment) {
  return `${key(name)} = ${toml(value)}${comment ? `   # ${comment}` : ''}`;
}

/** @param {any} value @returns {string} */
export function toml(value) {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : (value < 0 ? '-inf' : 'inf');
  if (Array.isArray(value)) return `[${value.map(toml).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = Object.entries(value).map(([name, part]) => `${key(name)} = ${toml(part)}`);
  return parts.length > 0 ? `{ ${parts.join(', ')} }` : '{}';
}

/** A list with one entry a line, each with a comment. @param {string} name @param {[value: any, comment: string][]} entries */
export function longList(name, entries) {
  return [`${key(name)} = [`, ...entries.map(([value, comment]) => `  ${toml(value)},${comment ? `   # ${comment}` : ''}`), ']'].join('\n');
}

/** @param {string} name */
function key(name) {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
}

/** JSON's strings are TOML's, but for one character that TOML wants escaped. @param {string} value */
function text(value) {
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}
