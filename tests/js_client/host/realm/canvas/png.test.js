import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, inflateSync } from 'node:zlib';

import { blankPng } from '../../../../../js_client/host/realm/canvas/png.js';
import { imageSize } from '../../../../../js_client/host/realm/canvas/image-sizes.js';

/** @returns {Record<string, Buffer>} the data of a file's chunks, which must be whole */
function chunks(bytes) {
  const file = Buffer.from(bytes);
  const found = {};
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    assert.equal(file.readUInt32BE(at + 8 + length), crc32(body));
    found[body.toString('latin1', 0, 4)] = body.subarray(4);
    at += 12 + length;
  }
  return found;
}

for (const [width, height] of [[1, 1], [7, 3], [300, 150], [2048, 1024]]) {
  test(`a picture of ${width} × ${height} is whole`, () => {
    const png = blankPng(width, height);
    const { IDAT } = chunks(png);
    const rows = inflateSync(IDAT);
    assert.equal(rows.length, height * (1 + Math.ceil(width / 8)));
    assert.ok(rows.every((byte) => byte === 0));
    assert.deepEqual(imageSize(png), { width, height });
  });
}

test('its only colour is transparent', () => {
  const { tRNS, IHDR } = chunks(blankPng(2, 2));
  assert.deepEqual([...tRNS], [0]);
  assert.deepEqual([...IHDR.subarray(8)], [1, 3, 0, 0, 0]);
});
