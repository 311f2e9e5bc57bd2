import assert from 'node:assert/strict';
import { test } from 'node:test';

import { array, NumericArray } from '../../js_client/src/arrays.js';
import { BadMessage, BINARY_FROM, decode, encode, read } from '../../js_client/src/messages.js';

const grid = (elements, dtype = 'float32') => new NumericArray(dtype, [elements], Float32Array.from({ length: elements }, (_, i) => i / 2));

test('a message of plain values is its JSON', () => {
  const message = { type: 'ping', list: [1, 'a', null, true, { b: [] }] };
  assert.equal(encode(message), JSON.stringify(message));
});

test('numbers that JSON has no word for are spelt out', () => {
  const values = [NaN, Infinity, -Infinity, 2n ** 53n, -5n];
  assert.equal(
    encode({ type: 'state', rewards: values }),
    '{"type":"state","rewards":[{"$number":"NaN"},{"$number":"Infinity"},{"$number":"-Infinity"},{"$number":"9007199254740992"},-5]}',
  );
  assert.deepEqual(read(encode({ type: 'state', rewards: values })).rewards, [NaN, Infinity, -Infinity, 2n ** 53n, -5]);
});

test('small observations go as nested lists, small arrays of an info with their dtype', () => {
  const message = {
    type: 'state', observations: { a: new NumericArray('bool', [1, 2], [1, 0]) }, infos: [{ a: array(new Int8Array([1, 2])) }],
    finals: [{ instance: 0, observation: grid(2), info: { b: grid(1) } }],
  };
  assert.deepEqual(JSON.parse(encode(message)), {
    type: 'state', observations: { a: [[true, false]] }, infos: [{ a: { $array: { dtype: 'int8', shape: [2], data: [1, 2] } } }],
    finals: [{ instance: 0, observation: [0, 0.5], info: { b: { $array: { dtype: 'float32', shape: [1], data: [0] } } } }],
  });
});

test('an observation named infos is an observation', () => {
  assert.equal(encode({ type: 'state', observations: { infos: grid(1) } }), '{"type":"state","observations":{"infos":[0]}}');
});

test('the same message with one element more goes as a binary frame', () => {
  assert.equal(typeof encode({ type: 'state', observations: grid(BINARY_FROM - 1) }), 'string');
  assert.ok(encode({ type: 'state', observations: grid(BINARY_FROM) }) instanceof Uint8Array);
});

test('a binary frame is laid out as the protocol says', () => {
  const bytes = encode({ type: 'state', a: new NumericArray('uint8', [3], [1, 2, 3]), b: new NumericArray('int16', [70], Array(70).fill(258)) });
  const length = new DataView(bytes.buffer).getUint32(0, true);
  assert.deepEqual(JSON.parse(Buffer.from(bytes.subarray(4, 4 + length)).toString()), {
    type: 'state', a: { $array: { dtype: 'uint8', shape: [3], offset: 0 } }, b: { $array: { dtype: 'int16', shape: [70], offset: 8 } },
  });
  const start = Math.ceil((4 + length) / 8) * 8;
  assert.deepEqual([...bytes.subarray(start, start + 10)], [1, 2, 3, 0, 0, 0, 0, 0, 2, 1]);
  assert.equal(bytes.length, start + 8 + 140);
});

test('what was encoded reads back the same', () => {
  const message = {
    type: 'state', observations: [grid(80), new NumericArray('int64', [2], [2n ** 60n, 5])],
    infos: [{ bytes: new Uint8Array([1, 2, 3]), far: Infinity, text: 'Ærø "$x" 🐍' }],
  };
  assert.deepEqual(read(encode(message)), message);
});

test('a binary frame may lie anywhere in its buffer', () => {
  const message = { type: 'state', observations: grid(80) };
  const bytes = encode(message);
  const within = new Uint8Array(bytes.length + 3);
  within.set(bytes, 3);
  assert.deepEqual(read(within.subarray(3)), message);
  assert.deepEqual(read(bytes.buffer), message);
});

const GOOD = [
  { type: 'welcome', protocol: 1, limits: {} },
  { type: 'reset', id: 1, instances: [0], seeds: [null] },
  { type: 'step', id: 1, instances: [0], actions: [3], unknown: 'ignored' },
  { type: 'render', id: 1, instances: [0], mode: 'ansi' },
  { type: 'close', instances: [] }, { type: 'fault', code: 'X', message: 'y' }, { type: 'ping' }, { type: 'pong' }, { type: 'bye' },
];

for (const message of GOOD) {
  test(`${message.type} of a bridge is read`, () => assert.deepEqual(decode(JSON.stringify(message)), message));
}

const BAD = [
  ['{"type":', /not JSON: {"type":/],
  ['[]', /no message of a bridge: type undefined/],
  ['null', /no message of a bridge: type undefined/],
  ['{"type":"hello"}', /no message of a bridge: type "hello"/],
  ['{"type":"toString"}', /no message of a bridge: type "toString"/],
  ['{"type":"step","id":1,"instances":[0]}', /step: the field actions is missing or of the wrong kind/],
  ['{"type":"step","id":"1","instances":[0],"actions":[0]}', /step: the field id/],
  ['{"type":"reset","id":1,"instances":[-1],"seeds":[1]}', /reset: the field instances/],
  ['{"type":"reset","id":1,"instances":0,"seeds":[1]}', /reset: the field instances/],
  ['{"type":"ping","x":{"$date":1}}', /no such value: \$date/],
  ['{"type":"ping","x":{"$number":"five"}}', /no number: five/],
  ['{"type":"ping","x":{"$array":{"dtype":"complex64","shape":[1],"data":[1]}}}', /an \$array that cannot be read: dtype complex64/],
  ['{"type":"ping","x":{"$array":{"dtype":"int8","shape":[1],"offset":0}}}', /an \$array that cannot be read/],
  ['{"type":"ping","x":{"$array":{"dtype":"int8","shape":[2],"data":[1]}}}', /an \$array that cannot be read/],
  [new Uint8Array(3), /a binary frame shorter than its header says/],
  [new Uint8Array([255, 255, 255, 255, 1]), /a binary frame shorter than its header says/],
  [encode({ type: 'ping', x: grid(80) }).subarray(0, -8), /an \$array that cannot be read/],
];

for (const [data, message] of BAD) {
  test(`${String(data).slice(0, 60)} is refused`, () => {
    assert.throws(() => decode(data), (error) => error instanceof BadMessage && message.test(error.message));
  });
}
