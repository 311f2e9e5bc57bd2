/**
 * Bytes ↔ text in the encodings that wx's files know. Pure.
 */

const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** @type {Record<string, string>} */
const WX_ENCODING_NAMES = { 'utf-8': 'utf8', latin1: 'binary', ascii: 'binary', 'ucs-2': 'ucs2', utf16le: 'ucs2', 'utf-16le': 'ucs2' };

/** @type {Record<string, {read: (bytes: Uint8Array) => string, write: (text: string) => Uint8Array}>} */
const WX_ENCODINGS = {
  utf8: { read: utf8Text, write: utf8Bytes },
  binary: { read: binaryOfBytes, write: bytesOfBinary },
  hex: {
    read: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    write: (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16)),
  },
  base64: { read: base64Text, write: base64Bytes },
  ucs2: {
    read: (bytes) => String.fromCharCode(...Array.from({ length: bytes.length >> 1 }, (_, i) => bytes[2 * i] | (bytes[2 * i + 1] << 8))),
    write: (text) => Uint8Array.from({ length: 2 * text.length }, (_, i) => text.charCodeAt(i >> 1) >> (8 * (i & 1))),
  },
};

/** @param {Uint8Array} bytes @param {string} encoding @returns {string|undefined} undefined for an encoding that there is not */
export function textInEncoding(bytes, encoding) {
  return encodingNamed(encoding)?.read(bytes);
}

/** @param {string} text @param {string} encoding @returns {Uint8Array|undefined} undefined for an encoding that there is not */
export function bytesInEncoding(text, encoding) {
  return encodingNamed(encoding)?.write(text);
}

/** @param {string} name */
function encodingNamed(name) {
  const lower = String(name).toLowerCase();
  return WX_ENCODINGS[WX_ENCODING_NAMES[lower] ?? lower];
}

/** @param {Uint8Array} bytes */
export function base64Text(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += BASE64_DIGITS[three >> 18] + BASE64_DIGITS[(three >> 12) & 63];
    text += (i + 1 < bytes.length ? BASE64_DIGITS[(three >> 6) & 63] : '=') + (i + 2 < bytes.length ? BASE64_DIGITS[three & 63] : '=');
  }
  return text;
}

/** What is no base64 is skipped. @param {string} text */
export function base64Bytes(text) {
  const digits = Array.from(text.replace(/-/g, '+').replace(/_/g, '/'), (letter) => BASE64_DIGITS.indexOf(letter)).filter((digit) => digit >= 0);
  const bytes = new Uint8Array((digits.length * 6) >> 3);
  for (let i = 0; i < bytes.length; i += 1) {
    const at = Math.floor((i * 4) / 3);
    const pair = (digits[at] << 6) | (digits[at + 1] ?? 0);
    bytes[i] = pair >> (4 - 2 * (i % 3));
  }
  return bytes;
}

/** @param {string} binary */
function bytesOfBinary(binary) {
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** @param {Uint8Array} bytes */
function binaryOfBytes(bytes) {
  let text = '';
  // As many at a time as a call takes arguments.
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

/** @param {string} text */
function utf8Bytes(text) {
  // Half a surrogate pair has no UTF-8.
  return bytesOfBinary(unescape(encodeURIComponent(text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'))));
}

/** @param {Uint8Array} bytes */
function utf8Text(bytes) {
  const binary = binaryOfBytes(bytes);
  try {
    return decodeURIComponent(escape(binary));
  } catch {
    return binary; // not UTF-8
  }
}
