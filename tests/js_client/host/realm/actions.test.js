import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createActions } from '../../../../js_client/host/realm/actions.js';

/** What an action means, by the names of its inputs. */
function meant(description, action) {
  const presses = { resolver: (input) => (given) => `${input.name ?? input}:${[given].flat().join('')}` };
  const expressions = { statements: (text) => () => text };
  return createActions(description, presses, expressions)(action).map((press) => press.run?.() ?? press);
}

const CASES = [
  [{ space: { type: 'Discrete', n: 3 }, inputs: ['a', 'b', 'c'] }, 1, ['b:1']],
  [{ space: { type: 'Discrete', n: 3, start: 5 }, inputs: ['a', 'b', 'c'] }, 7, ['c:7']],
  [{ space: { type: 'Discrete', n: 2 }, inputs: ['a', 'b'] }, 1n, ['b:1']],
  [{ space: { type: 'MultiBinary', n: [3] }, inputs: ['a', 'b', 'c'] }, [1, 0, 1], ['a:101', 'c:101']],
  [{ space: { type: 'MultiDiscrete', nvec: [2, 3] }, inputs: [['a', 'b'], ['x', 'y', 'z']] }, [1, 2], ['b:12', 'z:12']],
  [{ space: { type: 'MultiDiscrete', nvec: [2, 2], start: [1, 4] }, inputs: [['a', 'b'], ['x', 'y']] }, [1, 5], ['a:15', 'y:15']],
  [{ space: { type: 'Box', shape: [2] }, input: 'p' }, [3, 4], ['p:34']],
  [{ space: { type: 'Discrete', n: 2 }, run: 'go()' }, 1, ['go()']],
  [{ space: { type: 'Discrete', n: 2 }, inputs: ['a', 'b'], run: 'go()' }, 0, ['go()', 'a:0']],
];
for (const [description, action, expected] of CASES) {
  const { space, ...rest } = description;
  test(`${space.type} ${action} with ${JSON.stringify(rest)} means ${expected}`, () => assert.deepEqual(meant(description, action), expected));
}
