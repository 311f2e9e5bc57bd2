import assert from 'node:assert/strict';
import { test } from 'node:test';

import { random } from '../../js_client/src/random.js';

// Stored episodes and learning curves hang on them.
const KNOWN = [701, 922, 360, 940, 315, 878];

const draws = (stream, count = 5) => Array.from({ length: count }, () => stream());

test('the same seed gives the same numbers, another seed others', () => {
  assert.deepEqual(draws(random(7)), draws(random(7)));
  assert.notDeepEqual(draws(random(7)), draws(random(8)));
});

test('the numbers of a seed never change between versions', () => {
  const stream = random(42);
  assert.deepEqual(Array.from({ length: 6 }, () => stream.integer(1000)), KNOWN);
});

test('seeds beyond 2^53 and below 0 count in full', () => {
  const seeds = [2n ** 53n, 2n ** 53n + 1n, 2n ** 64n, -1];
  assert.equal(new Set(seeds.map((seed) => random(seed)())).size, seeds.length);
});

test('without a seed no two streams are the same', () => {
  assert.notDeepEqual(draws(random()), draws(random(null)));
});

test('numbers lie in [0, 1) and are spread evenly', () => {
  const stream = random(1);
  const bins = new Array(10).fill(0);
  for (const x of draws(stream, 100_000)) bins[Math.floor(x * 10)] += 1;
  // Five standard deviations of a fair bin: 5 × √(100000 × 0.1 × 0.9) = 474.
  for (const bin of bins) assert.ok(Math.abs(bin - 10_000) < 475, `${bins}`);
});

test('integer(n) reaches each of its n values and no other', () => {
  const stream = random(1);
  assert.deepEqual(new Set(Array.from({ length: 200 }, () => stream.integer(3))), new Set([0, 1, 2]));
});
