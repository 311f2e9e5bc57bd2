import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fromBase64, fromUtf8, toBase64, toUtf8 } from '../../js_client/src/bytes.js';

const TEXTS = ['', 'plain', 'Ærø 🐍 蛇', 'long '.repeat(1000), 'lång '.repeat(1000)];

test('base64 is what Node makes of the same bytes, at every length', () => {
  for (let length = 0; length < 10; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, i) => 255 - 37 * i);
    assert.equal(toBase64(bytes), Buffer.from(bytes).toString('base64'));
    assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
  }
});

test('UTF-8 is what Node makes of the same text', () => {
  for (const text of TEXTS) {
    assert.deepEqual(Buffer.from(toUtf8(text)), Buffer.from(text));
    assert.equal(fromUtf8(toUtf8(text)), text);
  }
});

test('UTF-8 needs no TextEncoder, which old WeChat lacks', (t) => {
  for (const name of ['TextEncoder', 'TextDecoder']) {
    const own = globalThis[name];
    t.after(() => { globalThis[name] = own; });
    globalThis[name] = undefined;
  }
  for (const text of TEXTS) {
    assert.deepEqual(Buffer.from(toUtf8(text)), Buffer.from(text));
    assert.equal(fromUtf8(toUtf8(text)), text);
  }
});
