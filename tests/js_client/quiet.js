/**
 * A log that keeps its lines instead of showing them.
 */

export function keeping() {
  const lines = [];
  const keep = (...parts) => lines.push(parts.map(String).join(' '));
  return { lines, info: keep, warn: keep };
}

export const quiet = { info() {}, warn() {} };
