import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BadFrame, BINARY, framed, frameReader, PING, TEXT } from '../../../js_client/src/transports/frames.js';
import { installed } from '../installed.js';

const { Receiver, Sender } = installed('ws');

const SIZES = [0, 1, 3, 4, 125, 126, 127, 65535, 65536, 70001];

for (const size of SIZES) {
  const payload = Buffer.from(Array.from({ length: size }, (_, i) => (i * 7) % 256));

  test(`a server reads what was written of ${size} bytes`, async () => {
    const receiver = new Receiver({ isServer: true, binaryType: 'nodebuffer' });
    const heard = new Promise((resolve) => { receiver.once('message', (data, isBinary) => resolve([data, isBinary])); });
    receiver.write(framed(BINARY, payload, 0x89abcdef));
    assert.deepEqual(await heard, [payload, true]);
  });

  test(`what a server writes of ${size} bytes is read`, () => {
    const frames = [];
    const read = frameReader((frame) => frames.push(frame));
    const sent = Sender.frame(payload, { fin: true, opcode: BINARY, mask: false, rsv1: false, readOnly: true });
    read(Buffer.concat([...sent, ...sent]));
    assert.deepEqual(frames.map(({ isFinal, opcode, payload: got }) => [isFinal, opcode, got]), [[true, BINARY, payload], [true, BINARY, payload]]);
  });
}

test('what is framed is left as it was', () => {
  const payload = new Uint8Array([1, 2, 3, 4, 5]);
  framed(BINARY, payload.subarray(1), 0x01020304);
  assert.deepEqual(payload, new Uint8Array([1, 2, 3, 4, 5]));
});

test('frames may be cut anywhere', () => {
  const bytes = Buffer.concat([
    Buffer.from([0x80 | TEXT, 2, 0x68, 0x69]), Buffer.from([BINARY, 126, 0, 200]), Buffer.alloc(200, 1), Buffer.from([0x80 | PING, 0]),
  ]);
  for (const width of [1, 2, 3, 7, 100, 209]) {
    const frames = [];
    const read = frameReader(({ isFinal, opcode, payload }) => frames.push([isFinal, opcode, payload.length]));
    for (let at = 0; at < bytes.length; at += width) read(bytes.subarray(at, at + width));
    assert.deepEqual(frames, [[true, TEXT, 2], [false, BINARY, 200], [true, PING, 0]], `${width} bytes at a time`);
  }
});

const BAD = [
  ['a reserved bit', [0xc1, 0]],
  ['an opcode that is none', [0x83, 0]],
  ['a mask', [0x81, 0x80, 0, 0, 0, 0]],
];

for (const [what, bytes] of BAD) {
  test(`${what} is refused`, () => assert.throws(() => frameReader(() => {})(Buffer.from(bytes)), BadFrame));
}
