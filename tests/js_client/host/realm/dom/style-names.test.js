import assert from 'node:assert/strict';
import { test } from 'node:test';

import { LENGTH_NAMES, STYLE_NAMES } from '../../../../../js_client/host/realm/dom/style-names.js';

test('every name is there once, in small letters with hyphens', () => {
  assert.equal(new Set(STYLE_NAMES).size, STYLE_NAMES.length);
  assert.deepEqual(STYLE_NAMES.filter((name) => !/^-?[a-z]+(-[a-z]+)*$/.test(name)), []);
});

test('lengths are among the names', () => {
  assert.deepEqual([...LENGTH_NAMES].filter((name) => !STYLE_NAMES.includes(name)), []);
});

for (const name of ['left', 'background-position', 'border-top-width', 'transform', '-webkit-transform', 'z-index', 'float', 'user-select', 'margin-left', 'display']) {
  test(`${name} is a name`, () => {
    assert.ok(STYLE_NAMES.includes(name));
  });
}
