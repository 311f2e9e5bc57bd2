/**
 * How large a picture is, read from the first bytes of its file: PNG, JPEG, GIF, WebP, BMP, ICO and SVG. Pure.
 */

import { fromUtf8 } from '../../../src/bytes.js';

/** @typedef {{width: number, height: number}} Size */

/** What a browser takes for an SVG that says no size. */
const SVG_SIZE = { width: 300, height: 150 };
const SVG_HEAD_BYTES = 4096;

/** @param {Uint8Array} bytes @returns {Size|undefined} undefined for what is no picture */
export function imageSize(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { readSize } = IMAGE_FORMATS.find(({ magic, at = 0 }) => magic.every((byte, i) => bytes[at + i] === byte)) ?? { readSize: svgSize };
  try {
    const size = readSize(view);
    return size && size.width > 0 && size.height > 0 ? size : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // the file ends too early
    throw error;
  }
}

/** @type {{magic: number[], at?: number, readSize: (view: DataView) => Size|undefined}[]} */
const IMAGE_FORMATS = [
  { magic: [0x89, 0x50, 0x4e, 0x47], readSize: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }) },
  { magic: [0xff, 0xd8], readSize: jpegSize },
  { magic: [0x47, 0x49, 0x46, 0x38], readSize: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }) },
  { magic: [0x57, 0x45, 0x42, 0x50], at: 8, readSize: webpSize },
  { magic: [0x42, 0x4d], readSize: (view) => ({ width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }) },
  { magic: [0, 0, 1, 0], readSize: (view) => ({ width: view.getUint8(6) || 256, height: view.getUint8(7) || 256 }) },
];

/** The frame header holds the size; a photograph taken sideways is turned by its EXIF orientation. @param {DataView} view @returns {Size|undefined} */
function jpegSize(view) {
  let isTurned = false;
  for (let at = 2; at + 9 < view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) { at += 1; continue; }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return isTurned ? { width: height, height: width } : { width, height };
    }
    if (marker === 0xe1) isTurned = orientation(view, at + 4) >= 5;
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** The EXIF orientation in an APP1 segment, 1 where there is none. @param {DataView} view @param {number} at */
function orientation(view, at) {
  if (view.getUint32(at) !== 0x45786966) return 1;
  const tiff = at + 6;
  const isLittle = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, isLittle);
  const count = view.getUint16(directory, isLittle);
  for (let i = 0; i < count; i += 1) {
    const entry = directory + 2 + 12 * i;
    if (view.getUint16(entry, isLittle) === 0x0112) return view.getUint16(entry + 8, isLittle);
  }
  return 1;
}

/** @param {DataView} view @returns {Size|undefined} */
function webpSize(view) {
  switch (view.getUint8(15)) {
    case 0x20: return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }; // 'VP8 '
    case 0x4c: { // 'VP8L'
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x58: return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: (view.getUint32(26, true) >>> 8) + 1 }; // 'VP8X'
    default: return undefined;
  }
}

/** @param {DataView} view @returns {Size|undefined} */
function svgSize(view) {
  const head = fromUtf8(new Uint8Array(view.buffer, view.byteOffset, Math.min(view.byteLength, SVG_HEAD_BYTES)));
  const tag = /^\s*(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*<svg\b([^>]*)/is.exec(head.replace(/^\ufeff/, ''))?.[1];
  if (tag === undefined) return undefined;
  const [width, height] = [svgLength(tag, 'width'), svgLength(tag, 'height')];
  const box = /\bviewBox\s*=\s*["']\s*([^"']+?)\s*["']/i.exec(tag)?.[1].split(/[\s,]+/).map(Number);
  if (!box || !(box[2] > 0 && box[3] > 0)) return { width: width ?? SVG_SIZE.width, height: height ?? SVG_SIZE.height };
  const shape = box[2] / box[3];
  if (width !== undefined) return { width, height: height ?? width / shape };
  return height === undefined ? { width: box[2], height: box[3] } : { width: height * shape, height };
}

/** @type {Record<string, number>} */
const SVG_UNITS = { '': 1, px: 1, pt: 4 / 3, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4, em: 16, rem: 16 };

/** @param {string} tag @param {string} name @returns {number|undefined} undefined where it depends on the page */
function svgLength(tag, name) {
  const [, number, unit] = new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']\\s*([\\d.]+)\\s*([a-z]*)\\s*["']`, 'i').exec(tag) ?? [];
  return number === undefined || SVG_UNITS[unit.toLowerCase()] === undefined ? undefined : Number(number) * SVG_UNITS[unit.toLowerCase()];
}
