import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NumericArray } from '../../js_client/src/arrays.js';
import { pictured, renderModes } from '../../js_client/src/pictures.js';

const drawn = (picture, more = {}) => pictured({ render: () => picture, ...more }, { id: 3, mode: 'rgb_array' }, 1);
const head = { type: 'frame', id: 3, instance: 1 };

test('a picture of three bytes a pixel goes as it is', () => {
  const data = Uint8Array.from({ length: 6 }, (_, i) => i);
  assert.deepEqual(drawn({ width: 2, height: 1, data }), { ...head, encoding: 'rgb', data: new NumericArray('uint8', [1, 2, 3], data) });
});

test('of four bytes a pixel, a canvas\'s, the fourth is left out', () => {
  const data = Uint8ClampedArray.from([1, 2, 3, 255, 4, 5, 6, 0]);
  assert.deepEqual(drawn({ width: 1, height: 2, data }).data, new NumericArray('uint8', [2, 1, 3], Uint8Array.from([1, 2, 3, 4, 5, 6])));
});

test('an encoded picture and a text go as what they are', () => {
  const png = Uint8Array.from([137, 80]);
  assert.deepEqual(drawn({ encoding: 'png', data: png }), { ...head, encoding: 'png', data: new NumericArray('uint8', [2], png) });
  assert.deepEqual(drawn('@..'), { ...head, encoding: 'text', data: '@..' });
});

test('a picture may be promised', async () => {
  assert.equal((await drawn(Promise.resolve('@'))).data, '@');
});

test('a picture with too few bytes is refused with the numbers', () => {
  assert.throws(() => drawn({ width: 2, height: 2, data: new Uint8Array(5) }), /2 × 2 pixels need 3 or 4 bytes each, got 5 bytes/);
});

test('anything else is no picture', () => {
  for (const picture of [undefined, null, 5, {}]) assert.throws(() => drawn(picture), { code: 'GAME_ERROR' });
});

test('a mode that the game does not list is unsupported', () => {
  assert.throws(() => drawn('@', { metadata: { render_modes: ['ansi'] } }), { code: 'UNSUPPORTED', message: /no render mode rgb_array; there are: ansi/ });
  assert.throws(() => drawn('@', { render: undefined }), { code: 'UNSUPPORTED', message: /there are: none/ });
});

test('a game that draws and says no more draws pixels', () => {
  assert.deepEqual(renderModes({ render() {} }), ['rgb_array']);
  assert.deepEqual(renderModes({}), []);
});
