/**
 * A description that has everything it needs, for tests that change one thing in it.
 */

/** What is needed at the least, as a file says it, with these changes, table by table. @param {Record<string, any>} changes */
export function table(changes = {}) {
  /** @type {Record<string, any>} */
  const least = {
    name: 'toy', kind: 'browser', entry: 'index.html',
    action: { space: { type: 'Discrete', n: 2 }, inputs: [{}, { keys: ['ArrowLeft'] }] },
    observation: { space: { type: 'Box', shape: [1] }, read: '[x]' },
  };
  for (const [name, value] of Object.entries(changes)) {
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value) && typeof least[name] === 'object';
    least[name] = isTable ? { ...least[name], ...value } : value;
  }
  return least;
}
