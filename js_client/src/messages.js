/**
 * The native dialect in JavaScript: a message to text or to a binary frame, and back. Pure.
 *
 * Knows how numbers, arrays and bytes are written and which fields a message of the bridge must have; knows nothing of
 * what a message means or when it may come. In a message at hand an array is a `NumericArray` or a typed array, bytes
 * are a `Uint8Array`, and NaN, the infinities and BigInt are themselves.
 */

import { fromBase64, fromUtf8, toBase64, toUtf8 } from './bytes.js';
import { bytesOf, dtypeOf, elementsAt, flattenInto, isTyped, narrowed, nested, NumericArray, sizeOf, storage, WIDTH } from './arrays.js';

/** The version of the protocol and the WebSocket subprotocol that goes with it. */
export const PROTOCOL = 1;
export const SUBPROTOCOL = 'stepwire.v1';

/**
 * A message whose arrays hold so many elements, all together, goes as a binary frame; a smaller one as text, which a
 * person can read. Text costs the other side about a microsecond for every ten numbers.
 */
export const BINARY_FROM = 64;

/** @typedef {{type: string, [field: string]: any}} Message */

/** Something came that is no message of this protocol. */
export class BadMessage extends Error {}

/**
 * A message as one WebSocket message: a string, or bytes for a binary frame.
 * @param {Message} message
 * @returns {string|Uint8Array}
 */
export function encode(message) {
  /** @type {NumericArray[]} */
  const arrays = [];
  const header = lifted(message, arrays);
  if (arrays.length === 0) return JSON.stringify(header);
  const elements = arrays.reduce((sum, array) => sum + array.data.length, 0);
  return elements < BINARY_FROM ? JSON.stringify(textForm(message)) : frame(header, arrays);
}

/**
 * The message of a bridge in what a WebSocket delivered.
 * @param {string|ArrayBuffer|Uint8Array} data
 * @returns {Message} one whose type and fields are those the protocol asks for
 * @throws {BadMessage} it is not JSON, no such type, a field is missing or of the wrong kind
 */
export function decode(data) {
  return checked(read(data));
}

/**
 * What a WebSocket delivered, whoever sent it: read, but not held to the fields of its type.
 * @param {string|ArrayBuffer|Uint8Array} data
 * @returns {any}
 * @throws {BadMessage} it is not JSON, or a binary frame that ends too early
 */
export function read(data) {
  return typeof data === 'string' ? parsed(data, undefined) : unframed(aligned(data));
}

/** @param {string} text @param {ArrayBuffer|undefined} section @param {number} [start] */
function parsed(text, section, start = 0) {
  try {
    const json = JSON.parse(text);
    return text.includes('"$') ? restored(json, section, start) : json;
  } catch (error) {
    if (error instanceof BadMessage) throw error;
    throw new BadMessage(`not JSON: ${text.slice(0, 80)}`, { cause: error });
  }
}

// ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * The value as JSON can hold it, with each array replaced by its place in a data section that `arrays` will fill.
 * @param {any} value
 * @param {NumericArray[]} arrays grows
 * @returns {any}
 */
function lifted(value, arrays) {
  let offset = 0;
  return plain(value, (array) => {
    const place = { $array: { dtype: array.dtype, shape: array.shape, offset } };
    offset = roundedUp(offset + array.data.length * WIDTH[array.dtype]);
    arrays.push(array);
    return place;
  });
}

/** @param {any} header @param {NumericArray[]} arrays */
function frame(header, arrays) {
  const head = toUtf8(JSON.stringify(header));
  const parts = arrays.map(bytesOf);
  const start = roundedUp(4 + head.length);
  const bytes = new Uint8Array(parts.reduce((end, part) => roundedUp(end) + part.length, start));
  for (let i = 0; i < 4; i += 1) bytes[i] = head.length >>> (8 * i);
  bytes.set(head, 4);
  parts.reduce((at, part) => {
    bytes.set(part, at);
    return roundedUp(at + part.length);
  }, start);
  return bytes;
}

/**
 * Observations and pictures as nested lists; in infos and options, where no space tells their dtype, as `$array`.
 * @param {Message} message
 */
function textForm(message) {
  return mapped(message, (value, field) => {
    if (field === 'infos' || field === 'info_columns' || field === 'options') return plain(value, tagged);
    if (field !== 'finals') return plain(value, listed);
    return value.map((/** @type {any} */ final) => ({
      ...final, observation: plain(final.observation, listed), info: plain(final.info, tagged),
    }));
  });
}

/** @param {NumericArray} array */
function listed(array) {
  return nested(array, array.dtype === 'bool' ? Boolean : scalar);
}

/** @param {NumericArray} array */
function tagged({ dtype, shape, data }) {
  return { $array: { dtype, shape, data: Array.from(data, scalar) } };
}

/**
 * @param {any} value
 * @param {(array: NumericArray) => any} place what stands in the message for an array
 * @returns {any}
 */
function plain(value, place) {
  if (typeof value !== 'object' || value === null) return scalar(value);
  if (value instanceof NumericArray) return place(value);
  if (value instanceof Uint8Array) return { $bytes: toBase64(value) };
  if (isTyped(value)) return place(new NumericArray(/** @type {any} */ (dtypeOf(value)), [value.length], value));
  return mapped(value, (entry) => plain(entry, place));
}

/** @param {any} value */
function scalar(value) {
  switch (typeof value) {
    case 'number': return Number.isFinite(value) ? value : { $number: String(value) };
    case 'bigint': return Number.isSafeInteger(Number(value)) ? Number(value) : { $number: String(value) };
    default: return value;
  }
}

// ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** @param {ArrayBuffer} buffer */
function unframed(buffer) {
  const length = buffer.byteLength < 4 ? Infinity : new DataView(buffer).getUint32(0, true);
  if (4 + length > buffer.byteLength) throw new BadMessage('a binary frame shorter than its header says');
  return parsed(fromUtf8(new Uint8Array(buffer, 4, length)), buffer, roundedUp(4 + length));
}

/** A buffer that begins with the frame, so that its arrays can be read in place. @param {ArrayBuffer|Uint8Array} data */
function aligned(data) {
  if (!(data instanceof Uint8Array)) return data;
  return /** @type {ArrayBuffer} */ (data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));
}

/** @param {any} value @param {ArrayBuffer|undefined} section @param {number} start @returns {any} */
function restored(value, section, start) {
  if (typeof value !== 'object' || value === null) return value;
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  if (keys.length === 1 && keys[0].startsWith('$')) return special(keys[0], value[keys[0]], section, start);
  return mapped(value, (entry) => restored(entry, section, start));
}

/** @param {string} key @param {any} value @param {ArrayBuffer|undefined} section @param {number} start */
function special(key, value, section, start) {
  switch (key) {
    case '$number': return numberIn(value);
    case '$bytes': return fromBase64(value);
    case '$array': return arrayIn(value, section, start);
    default: throw new BadMessage(`no such value: ${key}`);
  }
}

/** @param {string} text */
function numberIn(text) {
  if (/^-?\d+$/.test(text)) return narrowed(BigInt(text));
  if (['NaN', 'Infinity', '-Infinity'].includes(text)) return Number(text);
  throw new BadMessage(`no number: ${text}`);
}

/** @param {any} array @param {ArrayBuffer|undefined} section @param {number} start */
function arrayIn({ dtype, shape, data, offset }, section, start) {
  try {
    const length = sizeOf(shape);
    if (section && offset !== undefined) return new NumericArray(dtype, shape, elementsAt(dtype, section, start + offset, length));
    const elements = storage(dtype, length);
    if (data.length !== length) throw new RangeError(`${data.length} elements`);
    flattenInto(data.map((/** @type {any} */ element) => restored(element, section, start)), elements, 0);
    return new NumericArray(dtype, shape, elements);
  } catch (error) {
    throw new BadMessage(`an $array that cannot be read: dtype ${dtype}, shape ${shape}`, { cause: error });
  }
}

// ── what the bridge may send ─────────────────────────────────────────────────────────────────────────────────────────

const isWhole = Number.isSafeInteger;
/** @param {any} value */
const isText = (value) => typeof value === 'string';
/** @param {any} value */
const isWholeList = (value) => Array.isArray(value) && value.every((entry) => isWhole(entry) && entry >= 0);
/** @param {any} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields that a message must have. @type {Record<string, Record<string, (value: any) => boolean>>} */
const FIELDS = {
  welcome: { protocol: isWhole, limits: isObject },
  reset: { id: isWhole, instances: isWholeList, seeds: Array.isArray },
  step: { id: isWhole, instances: isWholeList, actions: (value) => value !== undefined },
  render: { id: isWhole, instances: isWholeList, mode: isText },
  close: { instances: isWholeList },
  fault: { code: isText, message: isText },
  ping: {},
  pong: {},
  bye: {},
};

/** @type {Map<string, [string, (value: any) => boolean][]>} */
const CHECKS = new Map(Object.entries(FIELDS).map(([type, fields]) => [type, Object.entries(fields)]));

/** @param {any} message @returns {Message} */
function checked(message) {
  const checks = isObject(message) ? CHECKS.get(message.type) : undefined;
  if (!checks) throw new BadMessage(`no message of a bridge: type ${JSON.stringify(message?.type)}`);
  for (const [field, fits] of checks) {
    if (!fits(message[field])) throw new BadMessage(`${message.type}: the field ${field} is missing or of the wrong kind`);
  }
  return message;
}

/**
 * The object or list with its entries changed; itself where none is, since most of a message already is as JSON wants
 * it, and copying it would cost more than all the rest.
 * @param {any} object
 * @param {(value: any, key: any) => any} change
 */
function mapped(object, change) {
  return Array.isArray(object) ? mappedList(object, change) : mappedObject(object, change);
}

/** @param {any[]} list @param {(value: any, key: any) => any} change */
function mappedList(list, change) {
  let result = list;
  for (let i = 0; i < list.length; i += 1) {
    const changed = change(list[i], i);
    if (changed === list[i]) continue;
    if (result === list) result = list.slice();
    result[i] = changed;
  }
  return result;
}

/** @param {any} object @param {(value: any, key: any) => any} change */
function mappedObject(object, change) {
  let result = object;
  for (const key of Object.keys(object)) {
    const changed = change(object[key], key);
    if (changed === object[key]) continue;
    if (result === object) result = { ...object };
    result[key] = changed;
  }
  return result;
}

/** @param {number} offset */
function roundedUp(offset) {
  return (offset + 7) & ~7;
}
