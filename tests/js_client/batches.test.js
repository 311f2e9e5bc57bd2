import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NumericArray } from '../../js_client/src/arrays.js';
import { layout } from '../../js_client/src/batches.js';
import { box, dict, discrete, graph, multiBinary, multiDiscrete, oneOf, sequence, text, tuple } from '../../js_client/src/spaces.js';

/** A space, two values as a game gives them, their batch in a message, and the values as a game gets them. */
const CASES = [
  [
    box({ shape: [2], dtype: 'float64' }), [[1, 2], new Float64Array([3, 4])],
    new NumericArray('float64', [2, 2], new Float64Array([1, 2, 3, 4])),
    [new Float64Array([1, 2]), new Float64Array([3, 4])],
  ],
  [
    box({ shape: [1, 2], dtype: 'int64' }), [[[1, 2]], [2n ** 60n, 4]],
    new NumericArray('int64', [2, 1, 2], [1, 2, 2n ** 60n, 4]), [[1, 2], [2n ** 60n, 4]],
  ],
  [box({ shape: [] }), [1, 2], new NumericArray('float32', [2], new Float32Array([1, 2])), [1, 2]],
  [
    multiBinary(2), [[0, 1], [1, 1]],
    new NumericArray('int8', [2, 2], new Int8Array([0, 1, 1, 1])), [new Int8Array([0, 1]), new Int8Array([1, 1])],
  ],
  [multiDiscrete([3, 3]), [[0, 1], [2, 2]], new NumericArray('int64', [2, 2], [0, 1, 2, 2]), [[0, 1], [2, 2]]],
  [discrete(4), [3, 0], [3, 0], [3, 0]],
  [text({ maxLength: 3 }), ['a', 'bc'], ['a', 'bc'], ['a', 'bc']],
  [
    dict({ a: discrete(2), b: discrete(3) }), [{ b: 2, a: 1 }, { a: 0, b: 0 }],
    { a: [1, 0], b: [2, 0] }, [{ a: 1, b: 2 }, { a: 0, b: 0 }],
  ],
  [tuple([discrete(2), text({ maxLength: 1 })]), [[1, 'x'], [0, 'y']], [[1, 0], ['x', 'y']], [[1, 'x'], [0, 'y']]],
  [sequence(discrete(9)), [[], [1, 2]], [[], [1, 2]], [[], [1, 2]]],
  [
    sequence(dict({ a: box({ shape: [], dtype: 'int8' }) }), { stack: true }), [[{ a: 1 }, { a: 2 }], []],
    [{ a: new NumericArray('int8', [2], new Int8Array([1, 2])) }, { a: new NumericArray('int8', [0], new Int8Array(0)) }],
    [[{ a: 1 }, { a: 2 }], []],
  ],
  [
    sequence(tuple([discrete(5)]), { stack: true }), [[[1], [2]], [[3]]], [[[1, 2]], [[3]]], [[[1], [2]], [[3]]],
  ],
  [
    graph({ nodeSpace: discrete(5), edgeSpace: discrete(2) }),
    [{ nodes: [1, 4] }, { nodes: [2], edges: [1], edge_links: [[0, 0]] }],
    [
      { nodes: [1, 4], edges: null, edge_links: null },
      { nodes: [2], edges: [1], edge_links: new NumericArray('int64', [1, 2], [0, 0]) },
    ],
    [{ nodes: [1, 4], edges: null, edge_links: null }, { nodes: [2], edges: [1], edge_links: [[0, 0]] }],
  ],
  [oneOf([discrete(2), text({ maxLength: 1 })]), [[0, 1], [1, 'x']], [[0, 1], [1, 'x']], [[0, 1], [1, 'x']]],
];

for (const [space, given, batch, got] of CASES) {
  test(`${JSON.stringify(space).slice(0, 80)}: values go into a batch and come out of it`, () => {
    const { gather, pick } = layout(space);
    const batched = gather(given.length + 1);
    given.forEach(batched.put);
    const taken = batched.take();
    assert.deepEqual(taken, batch);
    assert.deepEqual(got.map((_, i) => pick(taken, i)), got);
  });

  test(`${JSON.stringify(space).slice(0, 80)}: a single value is packed and unpacked`, () => {
    const { pack, unpack } = layout(space);
    assert.deepEqual(given.map((value) => unpack(pack(value))), got);
  });
}

test('arrays come out of nested lists as they come out of binary frames', () => {
  const { pick, unpack } = layout(box({ shape: [2, 2], dtype: 'uint8' }));
  assert.deepEqual(pick([[[0, 0], [0, 0]], [[1, 2], [3, 4]]], 1), new Uint8Array([1, 2, 3, 4]));
  assert.deepEqual(unpack([[1, 2], [3, 4]]), new Uint8Array([1, 2, 3, 4]));
});

test('a list of whole numbers may come as an array', () => {
  assert.equal(layout(discrete(4)).pick(new NumericArray('int64', [2], [3, 1]), 1), 1);
});

test('what is put in is copied', () => {
  const buffer = new Float32Array([1]);
  const batch = layout(box({ shape: [1] })).gather(2);
  batch.put(buffer);
  buffer[0] = 2;
  batch.put(buffer);
  assert.deepEqual([...batch.take().data], [1, 2]);
});

test('what is packed is a copy', () => {
  const buffer = new Float32Array([1]);
  const packed = layout(box({ shape: [1] })).pack(buffer);
  buffer[0] = 2;
  assert.equal(packed.data[0], 1);
});

test('a space of no known kind has no layout', () => {
  assert.throws(() => layout({ type: 'Ball' }), /no such space: Ball/);
});
