/**
 * From an action of the space to the presses that it means.
 */

/** @typedef {import('./presses.js').Press} Press */

/**
 * @param {Record<string, any>} action of a description: space, and `inputs`, `input` or `run`
 * @param {{resolver: Function}} presses
 * @param {{statements: Function}} expressions
 * @returns {(action: any) => Press[]}
 */
export function createActions({ space, inputs, input, run }, presses, expressions) {
  const parts = inputs ? listed(space, inputs, presses) : one(input, presses);
  if (!run) return parts;
  const work = expressions.statements(run, 'action.run');
  /** @type {Press} */
  const worked = { keys: [], touches: [], ends: undefined, mouse: undefined, button: 0, run: work, hold: false };
  return (action) => [worked, ...parts(action)];
}

/** @param {any} input @param {{resolver: Function}} presses @returns {(action: any) => Press[]} */
function one(input, presses) {
  if (!input) return () => [];
  const resolve = presses.resolver(input, 'action.input');
  return (action) => [resolve(action)];
}

/** @param {any} space @param {any[]} inputs @param {{resolver: Function}} presses @returns {(action: any) => Press[]} */
function listed(space, inputs, presses) {
  if (space.type === 'MultiDiscrete') {
    const table = inputs.map((list, i) => list.map((/** @type {any} */ input, /** @type {number} */ j) => presses.resolver(input, `action.inputs[${i}][${j}]`)));
    const starts = [space.start ?? 0].flat(Infinity);
    return (action) => table.map((row, i) => row[Number(action[i]) - (starts[i] ?? starts[0] ?? 0)](action));
  }
  const resolvers = inputs.map((input, i) => presses.resolver(input, `action.inputs[${i}]`));
  if (space.type === 'MultiBinary') return (action) => resolvers.filter((_, i) => action[i]).map((resolve) => resolve(action));
  const start = space.start ?? 0;
  return (action) => [resolvers[Number(action) - start](action)];
}
