import assert from 'node:assert/strict';
import { test } from 'node:test';

import { loose, opened, written } from '../../../js_client/agent/values.js';
import { array, NumericArray } from '../../../js_client/src/arrays.js';

for (const [value, text] of [
  [{ id: 1, params: { seed: undefined, action: 0 } }, '{"id":1,"params":{"action":0}}'],
  [[NaN, Infinity, -Infinity], '[{"$number":"NaN"},{"$number":"Infinity"},{"$number":"-Infinity"}]'],
  [[3n, 9007199254740993n], '[3,{"$number":"9007199254740993"}]'],
  [Float32Array.of(0.5, -1), '[0.5,-1]'],
  [Uint8Array.of(1, 2), '[1,2]'],
  [array(Int8Array.of(1, 2, 3, 4), [2, 2]), '[[1,2],[3,4]]'],
]) {
  test(`${text} is written`, () => assert.equal(written(value), text));
}

test('numbers, bytes and arrays that JSON cannot say are opened', () => {
  assert.deepEqual(opened('[{"$number":"-Infinity"},{"$bytes":"AQI="}]'), [-Infinity, Uint8Array.of(1, 2)]);
  const text = '{"info":{"$array":{"dtype":"float32","shape":[2],"data":[1,2]}}}';
  assert.deepEqual(opened(text), { info: new NumericArray('float32', [2], Float32Array.of(1, 2)) });
});

test('what is no JSON, or no value of the protocol, opens to nothing', () => {
  for (const text of ['nonsense', '', '{"$strange":1}', '{"$array":{"dtype":"x","shape":[1],"data":[1]}}']) assert.equal(opened(text), undefined);
});

for (const [text, value] of [
  ['[[0.0, 1.0], 1.0, false, {}]', [[0, 1], 1, false, {}]],
  ['[nan, inf, -inf]', [NaN, Infinity, -Infinity]],
  ['{"low": [-Infinity], "high": [Infinity], "x": NaN}', { low: [-Infinity], high: [Infinity], x: NaN }],
  ['{"low": ["-Infinity"], "high": ["Infinity"], "x": "NaN"}', { low: [-Infinity], high: [Infinity], x: NaN }],
  ['[True, False, None]', [true, false, null]],
  ['["say NaN, \\"inf\\" or None", nan]', ['say NaN, "inf" or None', NaN]],
  ['-0.5', -0.5],
]) {
  test(`a classic ${text} is read`, () => assert.deepEqual(loose(text), value));
}

test('what Python alone can read is refused', () => {
  for (const text of ['(1, array([0., 0.]))', "{'a': 1}", '']) assert.throws(() => loose(text), SyntaxError);
});
