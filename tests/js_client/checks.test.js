import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checker, outside } from '../../js_client/src/checks.js';
import { box, dict, discrete, graph, multiBinary, multiDiscrete, oneOf, sequence, text, tuple } from '../../js_client/src/spaces.js';

const nodes = box({ low: 0, high: 1, shape: [2] });

/** A space, values inside it, and values outside it with what is said of them. */
const CASES = [
  [
    discrete(3, { start: 5 }),
    [5, 7],
    [
      [8, 'value: expected a whole number from 5 to 7, got 8'],
      [5.5, 'value: expected a whole number from 5 to 7, got 5.5'],
      ['5', 'value: expected a whole number from 5 to 7, got "5"'],
      [undefined, 'value: expected a whole number from 5 to 7, got undefined'],
    ],
  ],
  [
    text({ minLength: 1, maxLength: 3, charset: 'ab🐍' }),
    ['a', '🐍🐍🐍'],
    [
      ['', 'value: expected 1 to 3 characters, got ""'],
      ['abba', 'value: expected 1 to 3 characters, got "abba"'],
      ['axa', 'value[1]: expected one of the characters "ab🐍", got "x"'],
      [7, 'value: expected a string, got 7'],
    ],
  ],
  [
    dict({ position: box({ low: -1, high: 1, shape: [2] }), legs: multiBinary(2) }),
    [{ position: [0, 1], legs: [0, 1] }, { legs: new Int8Array(2), position: new Float32Array(2) }],
    [
      [{ position: [0, 3.2], legs: [0, 1] }, 'value.position[1]: expected a number in [-1, 1], got 3.2'],
      [{ position: [0, 0] }, 'value.legs: expected a list of 2 numbers, got undefined'],
      [{ position: [0, 0], legs: [0, 0], wings: 2 }, 'value.wings: expected nothing of that name, got 2'],
      [[0, 0], 'value: expected an object with position, legs, got a list of 2'],
      [null, 'value: expected an object with position, legs, got null'],
    ],
  ],
  [
    tuple([discrete(2), nodes]),
    [[1, [0, 0]]],
    [
      [[1], 'value: expected a list of 2, got a list of 1'],
      [[1, [0, -1]], 'value[1][1]: expected a number in [0, 1], got -1'],
    ],
  ],
  [
    sequence(discrete(2)),
    [[], [0, 1, 1]],
    [[[0, 2], 'value[1]: expected a whole number from 0 to 1, got 2'], [3, 'value: expected a list, got 3']],
  ],
  [
    graph({ nodeSpace: nodes, edgeSpace: discrete(4) }),
    [
      { nodes: [[0, 0]], edges: null, edge_links: null },
      { nodes: [[0, 0], [1, 1]], edges: [3], edge_links: [[0, 1]] },
    ],
    [
      [{ nodes: [[0, 2]] }, 'value.nodes[0][1]: expected a number in [0, 1], got 2'],
      [{ nodes: [[0, 0]], edges: [4], edge_links: [[0, 0]] }, 'value.edges[0]: expected a whole number from 0 to 3, got 4'],
      [{ nodes: [[0, 0]], edges: [3], edge_links: [[0, 1]] }, 'value.edge_links[0][1]: expected a whole number in [0, 0], got 1'],
      [{ nodes: [[0, 0]], edges: [3], edge_links: [] }, 'value.edge_links: expected a list of 1 pairs of nodes, got a list of 0'],
      [7, 'value: expected an object with nodes, edges, edge_links, got 7'],
    ],
  ],
  [
    graph({ nodeSpace: nodes }),
    [{ nodes: [] }],
    [[{ nodes: [], edges: [1], edge_links: [] }, 'value.edges: expected null, since the space has no edges, got a list of 1']],
  ],
  [
    oneOf([discrete(2), text({ maxLength: 1 })]),
    [[0, 1], [1, 'a']],
    [
      [[2, 0], 'value[0]: expected a whole number from 0 to 1, got 2'],
      [[1, 0], 'value[1]: expected a string, got 0'],
      [0, 'value: expected a list [index of the space, value], got 0'],
    ],
  ],
];

for (const [space, inside, beyond] of CASES) {
  test(`${space.type}: values inside are let through`, () => {
    assert.deepEqual(inside.map((value) => outside(space, value)), inside.map(() => undefined));
  });
  for (const [value, said] of beyond) {
    test(`${space.type}: ${said}`, () => assert.equal(outside(space, value), said));
  }
}

test('a space of no known kind is refused when it is declared', () => {
  assert.throws(() => checker({ type: 'Ball' }), /no such space: an object with type/);
  assert.throws(() => checker(undefined), /no such space: undefined/);
});

test('a long value is shown in a few words', () => {
  const long = outside(discrete(1), 'x'.repeat(1000));
  assert.ok(long.length < 110, long);
  assert.match(outside(discrete(1), { a: 1, b: 2 }), /got an object with a, b$/);
});
