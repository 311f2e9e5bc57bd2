import assert from 'node:assert/strict';
import { test } from 'node:test';

import { oldForm } from '../../../js_client/agent/spaces.js';
import { box, dict, discrete, multiBinary, multiDiscrete, text } from '../../../js_client/src/spaces.js';

for (const [what, space, form] of [
  ['Discrete', discrete(2), { name: 'Discrete', n: 2 }],
  ['a Discrete that begins elsewhere', discrete(2, { start: 5 }), { name: 'Discrete', n: 2, start: 5 }],
  ['a Box with one bound for all', box({ low: 0, high: 1, shape: [2] }), { name: 'Box', shape: [2], low: [0, 0], high: [1, 1] }],
  ['a Box with a bound for each', box({ low: [[0, -1]], high: [[1, 2]] }), { name: 'Box', shape: [1, 2], low: [[0, -1]], high: [[1, 2]] }],
  ['a Box without bounds', box({ shape: [1, 2] }), { name: 'Box', shape: [1, 2], low: [[-Infinity, -Infinity]], high: [[Infinity, Infinity]] }],
  ['a Box of one number', box({ low: 0, high: 9, shape: [] }), { name: 'Box', shape: [], low: 0, high: 9 }],
  ['MultiBinary', multiBinary(3), { name: 'MultiBinary', n: 3, shape: [3] }],
  ['a MultiBinary as the server writes it', multiBinary([3]), { name: 'MultiBinary', n: 3, shape: [3] }],
  ['a MultiBinary of two axes', multiBinary([3, 2]), { name: 'MultiBinary', n: [3, 2], shape: [3, 2] }],
  ['MultiDiscrete', multiDiscrete([3, 2]), { name: 'MultiDiscrete', nvec: [3, 2], shape: [2] }],
  ['what a classic server said', { name: 'MultiDiscrete' }, { name: 'MultiDiscrete' }],
  ['the spelling of a README', { name: 'Discreate', n: 2 }, { name: 'Discrete', n: 2 }],
]) {
  test(`${what} has the old form`, () => assert.deepEqual(oldForm(space), form));
}

test('a kind that the old client had not is as the protocol writes it, with a name', () => {
  for (const space of [text({ maxLength: 3 }), dict({ a: discrete(2) })]) assert.deepEqual(oldForm(space), { name: space.type, ...space });
});
