/**
 * A transparent PNG of any size: what a canvas that draws nothing looks like as a file.
 */

/** @param {number} width @param {number} height @returns {Uint8Array} */
export function blankPng(width, height) {
  // One bit a pixel, each of them the palette's only colour, which is transparent.
  const header = [...bigEndian(width), ...bigEndian(height), 1, 3, 0, 0, 0];
  return Uint8Array.from([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a,
    ...pngChunk('IHDR', header), ...pngChunk('PLTE', [0, 0, 0]), ...pngChunk('tRNS', [0]),
    ...pngChunk('IDAT', deflatedZeros(height * (1 + Math.ceil(width / 8)))), ...pngChunk('IEND', []),
  ]);
}

/** @param {string} name @param {number[]} data */
function pngChunk(name, data) {
  const body = [...Array.from(name, (letter) => letter.charCodeAt(0)), ...data];
  return [...bigEndian(data.length), ...body, ...bigEndian(crc32(body))];
}

/** So many zeros as a zlib stream: one literal, then repetitions of it, in the fixed code of RFC 1951. @param {number} count */
function deflatedZeros(count) {
  /** @type {number[]} */
  const bits = [1, 1, 0]; // the last block, with the fixed code
  let left = count;
  const put = (/** @type {number} */ value, /** @type {number} */ size) => {
    for (let i = size - 1; i >= 0; i -= 1) bits.push((value >> i) & 1);
  };
  const literal = () => put(0b00110000, 8);
  if (left > 0) { literal(); left -= 1; }
  for (; left >= 258; left -= 258) put(0b11000101_00000, 13); // length 258, distance 1
  for (; left > 0; left -= 1) literal();
  put(0, 7); // the end
  const bytes = [0x78, 0x01];
  for (let i = 0; i < bits.length; i += 8) {
    let byte = 0;
    for (let k = 0; k < 8; k += 1) byte |= (bits[i + k] ?? 0) << k;
    bytes.push(byte);
  }
  return [...bytes, ...bigEndian(((count % 65521) << 16) | 1)]; // Adler-32 of zeros
}

/** @param {number[]} bytes */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

/** @param {number} value */
function bigEndian(value) {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
