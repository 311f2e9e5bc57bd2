import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sampler } from '../../../js_client/host/samples.js';
import { box, dict, discrete, multiBinary, multiDiscrete, random, tuple } from '../../../js_client/src/index.js';

const SPACES = [
  discrete(4), discrete(3, { start: -5 }), multiBinary(5), multiDiscrete([2, 3, 4]), box({ low: -1, high: 1, shape: [2] }),
  box({ low: 0, high: 9, shape: [3], dtype: 'int8' }), box({ shape: [2] }), tuple([discrete(2), multiBinary(2)]), dict({ a: discrete(2), b: box({ low: 0, high: 1, shape: [] }) }),
];
for (const space of SPACES) {
  test(`a hundred samples of ${space.type} ${JSON.stringify(space).slice(0, 60)} are inside, and not all one`, () => {
    const sample = sampler(space, random(1));
    const samples = Array.from({ length: 100 }, sample);
    assert.ok(new Set(samples.map((one) => JSON.stringify(one))).size > 1);
    if (space.type === 'Discrete') assert.ok(samples.every((one) => one >= space.start && one < space.start + space.n));
  });
}

test('equal seeds give equal samples', () => {
  const [one, two] = [1, 2].map(() => sampler(multiDiscrete([9, 9, 9]), random(7)));
  assert.deepEqual([one(), one()], [two(), two()]);
});

test('what cannot be sampled is told', () => {
  assert.throws(() => sampler({ type: 'Text' }, random(1)), /no random actions for a Text yet/);
});
