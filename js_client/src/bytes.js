/**
 * Text to bytes and back: UTF-8 and base64. Both by hand where the platform has no TextEncoder, as old WeChat has none.
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** @type {TextEncoder|undefined} */
let encoder;
/** @type {TextDecoder|undefined} */
let decoder;

/** A text up to this length is written by hand where it is ASCII: sooner done than a TextEncoder is called. */
const SHORT = 2048;

/** @param {string} text @returns {Uint8Array} */
export function toUtf8(text) {
  const bytes = text.length <= SHORT ? ascii(text) : undefined;
  if (bytes) return bytes;
  if (typeof TextEncoder !== 'undefined') return (encoder ??= new TextEncoder()).encode(text);
  return Uint8Array.from(unescape(encodeURIComponent(text)), (letter) => letter.charCodeAt(0));
}

/** @param {string} text @returns {Uint8Array|undefined} */
function ascii(text) {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 127) return undefined;
    bytes[i] = code;
  }
  return bytes;
}

/** @param {Uint8Array} bytes @returns {string} */
export function fromUtf8(bytes) {
  if (typeof TextDecoder !== 'undefined') return (decoder ??= new TextDecoder()).decode(bytes);
  return decodeURIComponent(escape(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
}

/** @param {Uint8Array} bytes @returns {string} */
export function toBase64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const triple = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < 4; k += 1) text += k <= bytes.length - i ? ALPHABET[(triple >> (18 - 6 * k)) & 63] : '=';
  }
  return text;
}

/** @param {string} text @returns {Uint8Array} */
export function fromBase64(text) {
  const letters = text.replace(/=+$/, '');
  const bytes = new Uint8Array((letters.length * 3) >> 2);
  let bits = 0;
  for (let i = 0, at = 0; i < letters.length; i += 1) {
    bits = (bits << 6) | ALPHABET.indexOf(letters[i]);
    if (i % 4) bytes[at++] = bits >> (6 - 2 * (i % 4));
  }
  return bytes;
}
