import assert from 'node:assert/strict';
import { test } from 'node:test';

import { base64Bytes, base64Text, bytesInEncoding, textInEncoding } from '../../../../../js_client/host/realm/wx/encodings.js';

const TEXT = 'aé漢😀 \u0000z';

for (const encoding of ['utf8', 'utf-8', 'ucs2', 'utf16le']) {
  test(`${encoding} is what Node takes it for`, () => {
    const bytes = bytesInEncoding(TEXT, encoding);
    assert.deepEqual(bytes, new Uint8Array(Buffer.from(TEXT, encoding)));
    assert.equal(textInEncoding(bytes, encoding), TEXT);
  });
}

for (const encoding of ['hex', 'base64', 'binary', 'latin1']) {
  test(`bytes are written as ${encoding} and read back`, () => {
    for (let size = 0; size < 10; size += 1) {
      const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 67 + 130) & 255);
      assert.equal(textInEncoding(bytes, encoding), Buffer.from(bytes).toString(encoding));
      assert.deepEqual(bytesInEncoding(textInEncoding(bytes, encoding), encoding), bytes);
    }
  });
}

test('base64 with line breaks and without padding is read', () => {
  assert.deepEqual([...base64Bytes('AAEC\nAw')], [0, 1, 2, 3]);
  assert.equal(base64Text(Uint8Array.of(0, 1, 2, 3)), 'AAECAw==');
});

test('half a surrogate pair is replaced', () => {
  assert.deepEqual(bytesInEncoding('a\ud83d', 'utf8'), new Uint8Array(Buffer.from('a\ufffd')));
});

test('an encoding that there is not gives nothing', () => {
  assert.equal(bytesInEncoding('a', 'klingon'), undefined);
});
