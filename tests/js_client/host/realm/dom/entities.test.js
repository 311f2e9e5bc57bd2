import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withoutEntities } from '../../../../../js_client/host/realm/dom/entities.js';

const TEXTS = [
  ['a &amp; b', 'a & b'], ['&lt;p&gt;', '<p>'], ['&#65;&#x42;&#X43;', 'ABC'], ['&copy 5', '© 5'], ['&unheard;', '&unheard;'], ['&', '&'], ['a=1&b=2', 'a=1&b=2'], ['&#128512;', '😀'],
  ['&hearts;&nbsp;', '♥\u00a0'], ['&#0;', '\ufffd'],
];
for (const [text, expected] of TEXTS) {
  test(`${text} is ${JSON.stringify(expected)}`, () => {
    assert.equal(withoutEntities(text), expected);
  });
}
