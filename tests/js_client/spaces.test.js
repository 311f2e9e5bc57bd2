import assert from 'node:assert/strict';
import { test } from 'node:test';

import { arrayShape, bounds, box, dict, discrete, dtypeOfSpace, graph, multiBinary, multiDiscrete, oneOf, sequence, text, tuple } from '../../js_client/src/spaces.js';

const CASES = [
  [box({ low: 0, high: 1, shape: [2] }), { type: 'Box', low: 0, high: 1, shape: [2], dtype: 'float32' }],
  [box({ low: [0, 1], high: 9 }), { type: 'Box', low: [0, 1], high: 9, shape: [2], dtype: 'float32' }],
  [box({ shape: [], dtype: 'int8' }), { type: 'Box', low: null, high: null, shape: [], dtype: 'int8' }],
  [discrete(3), { type: 'Discrete', n: 3, start: 0, dtype: 'int64' }],
  [discrete(3, { start: -1, dtype: 'int8' }), { type: 'Discrete', n: 3, start: -1, dtype: 'int8' }],
  [multiDiscrete([3, 2]), { type: 'MultiDiscrete', nvec: [3, 2], dtype: 'int64' }],
  [multiDiscrete([[3], [2]], { start: [[0], [1]] }), { type: 'MultiDiscrete', nvec: [[3], [2]], start: [[0], [1]], dtype: 'int64' }],
  [multiBinary(5), { type: 'MultiBinary', n: 5 }],
  [text({ maxLength: 4, charset: 'abc' }), { type: 'Text', min_length: 1, max_length: 4, charset: 'abc' }],
  [dict({ b: multiBinary([1]), a: multiBinary([2]) }), { type: 'Dict', spaces: { b: { type: 'MultiBinary', n: [1] }, a: { type: 'MultiBinary', n: [2] } } }],
  [tuple([multiBinary(1)]), { type: 'Tuple', spaces: [{ type: 'MultiBinary', n: 1 }] }],
  [sequence(multiBinary(1), { stack: true }), { type: 'Sequence', space: { type: 'MultiBinary', n: 1 }, stack: true }],
  [graph({ nodeSpace: multiBinary(1) }), { type: 'Graph', node_space: { type: 'MultiBinary', n: 1 }, edge_space: null }],
  [oneOf([multiBinary(1)]), { type: 'OneOf', spaces: [{ type: 'MultiBinary', n: 1 }] }],
];

for (const [space, expected] of CASES) {
  test(`${JSON.stringify(expected)} is declared as the protocol says`, () => assert.deepEqual(space, expected));
}

const REFUSED = [
  [() => box({ low: 0, high: 1 }), /box needs a shape/],
  [() => box({ low: 0, high: 1, shape: 2 }), /box needs a shape/],
  [() => box({ low: 0, high: 1, shape: 'two' }), /box needs a shape/],
  [() => box({ low: [0, 0, 0], shape: [2] }), /a bound has 3 numbers, the shape \[2\] has 2/],
  [() => box({ shape: [1], dtype: 'float' }), /no such dtype: float;/],
  [() => discrete(0), /n must be a whole number from 1 on, got 0/],
  [() => discrete('4'), /got 4/],
  [() => multiDiscrete([3, 0.5]), /nvec must be a whole number from 1 on, got 0.5/],
  [() => text({}), /maxLength must be/],
];

for (const [declare, message] of REFUSED) {
  test(`${String(declare).slice(6)} is refused`, () => assert.throws(declare, message));
}

test('Dict keeps the order in which its keys are written', () => {
  assert.deepEqual(Object.keys(dict({ b: discrete(1), a: discrete(1) }).spaces), ['b', 'a']);
});

test('array spaces know their shape, dtype and bounds', () => {
  const facts = (space) => [arrayShape(space), dtypeOfSpace(space), bounds(space)];
  assert.deepEqual(facts(multiBinary(3)), [[3], 'int8', { low: 0, high: 1 }]);
  assert.deepEqual(facts(multiBinary([2, 2])), [[2, 2], 'int8', { low: 0, high: 1 }]);
  assert.deepEqual(facts(multiDiscrete([[3], [2]], { start: [[5], [0]] })), [[2, 1], 'int64', { low: [5, 0], high: [7, 1] }]);
  assert.deepEqual(facts(box({ shape: [1] })), [[1], 'float32', { low: -Infinity, high: Infinity }]);
  assert.deepEqual(facts(box({ low: [[1, 2]], shape: [1, 2], dtype: 'uint8' })), [[1, 2], 'uint8', { low: [1, 2], high: 255 }]);
});

test('spaces written by hand may leave out what has a default', () => {
  assert.equal(dtypeOfSpace({ type: 'Box', shape: [1] }), 'float32');
  assert.equal(dtypeOfSpace({ type: 'MultiDiscrete', nvec: [2] }), 'int64');
  assert.deepEqual(bounds({ type: 'MultiDiscrete', nvec: [2] }), { low: [0], high: [1] });
});
