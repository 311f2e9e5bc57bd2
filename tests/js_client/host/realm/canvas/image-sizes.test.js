import assert from 'node:assert/strict';
import { test } from 'node:test';

import { imageSize } from '../../../../../js_client/host/realm/canvas/image-sizes.js';

const bytes = (...parts) => Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)));
const u16 = (n) => [n >> 8, n & 255];
const u32 = (n) => [...u16(n >>> 16), ...u16(n & 65535)];
const small = (list) => [...list].reverse();
const exif = (order, orientation) => {
  const two = (n) => (order === 'MM' ? u16(n) : small(u16(n)));
  const four = (n) => (order === 'MM' ? u32(n) : small(u32(n)));
  const body = bytes('Exif\0\0', order, two(42), four(8), two(1), two(0x0112), two(3), four(1), two(orientation), two(0), four(0));
  return [0xff, 0xe1, ...u16(body.length + 2), ...body];
};
const frame = [0xff, 0xc0, ...u16(11), 8, ...u16(20), ...u16(30), 1, 1, 0x11, 0];

const FILES = [
  ['PNG', bytes([0x89], 'PNG\r\n\x1a\n', u32(13), 'IHDR', u32(30), u32(20), [8, 6, 0, 0, 0])],
  ['GIF', bytes('GIF89a', small(u16(30)), small(u16(20)), [0, 0, 0])],
  ['JPEG', bytes([0xff, 0xd8, 0xff, 0xe0], u16(4), [0, 0], frame)],
  ['JPEG with padding and a table before', bytes([0xff, 0xd8, 0xff, 0xff, 0xc4], u16(3), [0], [0xff, 0xc2], frame.slice(2))],
  ['JPEG that stands upright', bytes([0xff, 0xd8], exif('II', 1), frame)],
  ['JPEG taken sideways', bytes([0xff, 0xd8], exif('MM', 6), frame), { width: 20, height: 30 }],
  ['JPEG taken sideways, of other byte order', bytes([0xff, 0xd8], exif('II', 8), frame), { width: 20, height: 30 }],
  ['WebP, lossy', bytes('RIFF', u32(0), 'WEBPVP8 ', u32(0), [0, 0, 0, 0x9d, 0x01, 0x2a], small(u16(30)), small(u16(20)))],
  ['WebP, lossless', bytes('RIFF', u32(0), 'WEBPVP8L', u32(0), [0x2f], small(u32(29 | (19 << 14))))],
  ['WebP, extended', bytes('RIFF', u32(0), 'WEBPVP8X', u32(10), [0, 0, 0, 0], [29, 0, 0], [19, 0, 0])],
  ['BMP', bytes('BM', new Array(16).fill(0), small(u32(30)), small(u32(-20 >>> 0)))],
  ['ICO', bytes([0, 0, 1, 0, 1, 0, 30, 20])],
  ['SVG with lengths', bytes('<?xml version="1.0"?><!-- x --><svg xmlns="x" width="30" height=\'20px\'>')],
  ['SVG with a box', bytes('<svg viewBox="0 0 30 20"/>')],
  ['SVG with a box and a width', bytes('<svg viewBox="0 0 3 2" width="30">')],
  ['SVG with a box and a height', bytes('<svg viewBox="0,0,3,2" height="20" stroke-width="5">')],
  ['SVG of the page\'s size', bytes('<svg width="100%" height="100%" viewBox="0 0 30 20">')],
  ['SVG in inches', bytes('<svg width="1in" height="72pt">'), { width: 96, height: 96 }],
  ['SVG without any', bytes('\n<svg>'), { width: 300, height: 150 }],
];
for (const [name, file, size = { width: 30, height: 20 }] of FILES) {
  test(`the size of a ${name} is found`, () => assert.deepEqual(imageSize(file), size));
}

const WRONG = [['nothing', bytes()], ['a text', bytes('hello')], ['HTML', bytes('<html><svg>')], ['half a PNG', bytes([0x89], 'PNG\r\n')], ['a JPEG without a frame', bytes([0xff, 0xd8, 0xff, 0xd9, 0, 2, 0, 0, 0, 0, 0, 0])],
  ['a damaged JPEG', bytes([0xff, 0xd8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])], ['a WebP of an unknown kind', bytes('RIFF', u32(0), 'WEBPVP9 ', u32(0))], ['a PNG of no size', bytes([0x89], 'PNG\r\n\x1a\n', u32(13), 'IHDR', u32(0), u32(20))]];
for (const [name, file] of WRONG) test(`${name} is no picture`, () => assert.equal(imageSize(file), undefined));

test('bytes in the middle of a buffer are read there', () => {
  const [, file] = FILES[0];
  const buffer = new Uint8Array(file.length + 10);
  buffer.set(file, 10);
  assert.deepEqual(imageSize(buffer.subarray(10)), { width: 30, height: 20 });
});
