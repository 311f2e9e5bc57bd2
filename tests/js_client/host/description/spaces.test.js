import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkedSpace, SPACE_FIELDS } from '../../../../js_client/host/description/spaces.js';
import { checker } from '../../../../js_client/src/checks.js';

/** @param {any} space */
function read(space) {
  const problems = [];
  return { space: checkedSpace(space, 's', (path, message) => void problems.push(`${path}: ${message}`)), problems };
}

const DISCRETE = { type: 'Discrete', n: 2, start: 0, dtype: 'int64' };
const BOX = { type: 'Box', low: null, high: null, shape: [2], dtype: 'float32' };

const GOOD = [
  [{ type: 'Discrete', n: 2 }, DISCRETE],
  [{ type: 'Box', shape: [2] }, BOX],
  [{ type: 'Box', low: -Infinity, high: Infinity, shape: [2] }, BOX],
  [{ type: 'Box', low: [0, 1], high: [2, null] }, { type: 'Box', low: [0, 1], high: [2, Infinity], shape: [2], dtype: 'float32' }],
  [{ type: 'Box', low: [[0], [null]], high: 9, dtype: 'uint8' }, { type: 'Box', low: [[0], [0]], high: 9, shape: [2, 1], dtype: 'uint8' }],
  [{ type: 'Box', shape: [] }, { ...BOX, shape: [] }],
  [{ type: 'MultiDiscrete', nvec: [3, 2] }, { type: 'MultiDiscrete', nvec: [3, 2], dtype: 'int64' }],
  [{ type: 'MultiBinary', n: 5 }, { type: 'MultiBinary', n: 5 }],
  [{ type: 'MultiBinary', n: [2, 3] }, { type: 'MultiBinary', n: [2, 3] }],
  [{ type: 'Text', max_length: 9, charset: 'ab' }, { type: 'Text', min_length: 1, max_length: 9, charset: 'ab' }],
  [{ type: 'Dict', spaces: { a: { type: 'Discrete', n: 2 } } }, { type: 'Dict', spaces: { a: DISCRETE } }],
  [{ type: 'Tuple', spaces: [{ type: 'Discrete', n: 2 }] }, { type: 'Tuple', spaces: [DISCRETE] }],
  [{ type: 'OneOf', spaces: [{ type: 'Discrete', n: 2 }] }, { type: 'OneOf', spaces: [DISCRETE] }],
  [{ type: 'Sequence', space: { type: 'Discrete', n: 2 } }, { type: 'Sequence', space: DISCRETE, stack: false }],
  [{ type: 'Graph', node_space: { type: 'Box', shape: [2] } }, { type: 'Graph', node_space: BOX, edge_space: null }],
];

for (const [given, space] of GOOD) {
  test(`${JSON.stringify(given)} is a space, to whoever checks its values, too`, () => {
    assert.deepEqual(read(given), { space, problems: [] });
    assert.equal(typeof checker(space), 'function');
  });
}

test('every kind of space is known', () => {
  assert.deepEqual(Object.keys(SPACE_FIELDS).filter((type) => !GOOD.some(([given]) => given.type === type)), []);
});

const BAD = [
  [3, 's: expected a space, such as { type = "Discrete", n = 3 }, got 3'],
  [{ n: 3 }, 's.type: is missing: one of Box, Discrete, MultiDiscrete, MultiBinary, Text, Dict, Tuple, Sequence, Graph, OneOf'],
  [{ type: 'Discret', n: 3 }, 's.type: there is no space "Discret"; did you mean Discrete?'],
  [{ type: 'Discrete' }, 's.n: is missing: a Discrete needs it'],
  [{ type: 'Discrete', n: 0 }, 's: n must be a whole number from 1 on, got 0'],
  [{ type: 'Discrete', n: 2, start: 0.5 }, 's.start: expected a whole number, got 0.5'],
  [{ type: 'Discrete', n: 2, dtyp: 'int8' }, 's.dtyp: a Discrete has no such field; did you mean dtype?'],
  [{ type: 'Box', shape: [2], dtype: 'flaot32' }, 's.dtype: there is no dtype "flaot32"; did you mean float32?'],
  [{ type: 'Box' }, 's: box needs a shape: [] for one number, [2] for two, …'],
  [{ type: 'Box', shape: 2 }, 's.shape: expected a list of whole numbers, got 2'],
  [{ type: 'Box', shape: [2], low: 'a' }, 's.low: expected a number, or nested lists of numbers, got "a"'],
  [{ type: 'Box', shape: [2], low: [1, 2, 3] }, 's: box: a bound has 3 numbers, the shape [2] has 2'],
  [{ type: 'Box', shape: [2], low: 1, high: 0 }, 's.low: is larger than high: 1 and 0'],
  [{ type: 'Box', shape: [2], low: [0, 3], high: 2 }, 's.low: is larger than high: 3 and 2'],
  [{ type: 'MultiDiscrete', nvec: 3 }, 's.nvec: expected a list of whole numbers, got 3'],
  [{ type: 'MultiDiscrete', nvec: [3, 0] }, 's: nvec must be a whole number from 1 on, got 0'],
  [{ type: 'MultiDiscrete', nvec: [3, 2], start: [1] }, 's.start: expected as many numbers as nvec has, 2, got a list of 1'],
  [{ type: 'MultiBinary', n: 0 }, 's.n: expected a whole number from 1 on, or a list of them, got 0'],
  [{ type: 'Text', max_length: 2, min_length: 3 }, 's.min_length: expected a whole number up to max_length, got 3'],
  [{ type: 'Dict', spaces: [] }, 's.spaces: expected a table of spaces, got a list of 0'],
  [{ type: 'Dict', spaces: { a: { type: 'Discrete' } } }, 's.spaces.a.n: is missing: a Discrete needs it'],
  [{ type: 'Tuple', spaces: [{ type: 'Discrete', n: 1 }, 3] }, 's.spaces[1]: expected a space, such as { type = "Discrete", n = 3 }, got 3'],
  [{ type: 'Sequence', space: { type: 'Discrete', n: 1 }, stack: 1 }, 's.stack: expected true or false, got 1'],
  [{ type: 'Graph', node_space: { type: 'MultiBinary', n: 1 } }, 's.node_space: expected a Box or a Discrete, got an object with type, n'],
];

for (const [given, problem] of BAD) {
  test(`${JSON.stringify(given)} is told to be none`, () => assert.deepEqual(read(given), { space: undefined, problems: [problem] }));
}
