/**
 * Numeric arrays and their dtypes: numpy's names for JavaScript's typed arrays, flat storage, nested lists, raw bytes.
 *
 * Knows how elements are stored and written, and nothing of spaces or messages. Every platform that runs JavaScript
 * today is little-endian, and so are the bytes on the wire: they are the typed array's own.
 */

/** @typedef {'bool'|'int8'|'int16'|'int32'|'int64'|'uint8'|'uint16'|'uint32'|'uint64'|'float16'|'float32'|'float64'} Dtype */
/** @typedef {number|bigint|boolean} Scalar */

/** Elements in C order together with their dtype and shape: what numpy calls an ndarray. */
export class NumericArray {
  /**
   * @param {Dtype} dtype
   * @param {number[]} shape
   * @param {any} data flat elements in C order, as many as the shape says
   */
  constructor(dtype, shape, data) {
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }
}

/**
 * A numeric array for an info, whose dtype and shape the trainer will see.
 * @param {any} data a typed array
 * @param {number[]} [shape] one axis when left out
 * @returns {NumericArray}
 */
export function array(data, shape = [data.length]) {
  const dtype = dtypeOf(data);
  if (!dtype || sizeOf(shape) !== data.length) throw new TypeError(`a typed array of shape [${shape}] was expected`);
  return new NumericArray(dtype, shape, data);
}

/** @type {Dtype[]} */
export const DTYPES = [
  'bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64',
];

/** Bytes of one element. @type {Record<Dtype, number>} */
export const WIDTH = {
  bool: 1, int8: 1, int16: 2, int32: 4, int64: 8, uint8: 1, uint16: 2, uint32: 4, uint64: 8,
  float16: 2, float32: 4, float64: 8,
};

/** Smallest and largest value of the whole-number dtypes. @type {Partial<Record<Dtype, [number|bigint, number|bigint]>>} */
export const RANGE = {
  bool: [0, 1],
  int8: [-128, 127], int16: [-32768, 32767], int32: [-2147483648, 2147483647],
  uint8: [0, 255], uint16: [0, 65535], uint32: [0, 4294967295],
  int64: [-9223372036854775808n, 9223372036854775807n], uint64: [0n, 18446744073709551615n],
};

/**
 * Empty storage for the elements of an array: a typed array where JavaScript has a fitting one of plain numbers, a
 * Float32Array for float16 (rounded when written), and a plain array for 64-bit integers, so that games see numbers
 * and meet a BigInt only beyond 2^53.
 * @param {Dtype} dtype
 * @param {number} length
 * @returns {any}
 */
export function storage(dtype, length) {
  switch (dtype) {
    case 'bool': case 'uint8': return new Uint8Array(length);
    case 'int8': return new Int8Array(length);
    case 'int16': return new Int16Array(length);
    case 'int32': return new Int32Array(length);
    case 'uint16': return new Uint16Array(length);
    case 'uint32': return new Uint32Array(length);
    case 'float16': case 'float32': return new Float32Array(length);
    case 'float64': return new Float64Array(length);
    case 'int64': case 'uint64': return new Array(length).fill(0);
    default: throw new RangeError(`no such dtype: ${dtype}; there are ${DTYPES.join(', ')}`);
  }
}

/**
 * The elements from `start` to `end`: a view where the storage allows one.
 * @param {any} data
 * @param {number} start
 * @param {number} end
 */
export function part(data, start, end) {
  return Array.isArray(data) ? data.slice(start, end) : data.subarray(start, end);
}

/** @param {readonly number[]} shape */
export function sizeOf(shape) {
  return shape.reduce((size, axis) => size * axis, 1);
}

/** True for lists and typed arrays, whatever they hold. @param {unknown} value @returns {value is ArrayLike<any>} */
export function isList(value) {
  return Array.isArray(value) || isTyped(value);
}

/** @param {unknown} value */
export function isTyped(value) {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/**
 * The dtype of a typed array; undefined for anything else.
 * @param {unknown} value
 * @returns {Dtype|undefined}
 */
export function dtypeOf(value) {
  return ArrayBuffer.isView(value) ? DTYPE_OF[/** @type {any} */ (value)[Symbol.toStringTag]] : undefined;
}

/** By the name that a typed array says of itself, whichever realm it comes from. @type {Record<string, Dtype|undefined>} */
const DTYPE_OF = {
  Int8Array: 'int8', Int16Array: 'int16', Int32Array: 'int32', BigInt64Array: 'int64', Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8', Uint16Array: 'uint16', Uint32Array: 'uint32', BigUint64Array: 'uint64',
  Float16Array: 'float16', Float32Array: 'float32', Float64Array: 'float64',
};

/**
 * Copies a value into flat storage: a single number, a flat list, or lists nested to any depth.
 * @param {any} value
 * @param {any} data
 * @param {number} start
 * @returns {number} where the next element goes
 */
export function flattenInto(value, data, start) {
  if (!isList(value)) {
    data[start] = value;
    return start + 1;
  }
  let next = start;
  for (let i = 0; i < value.length; i += 1) next = flattenInto(value[i], data, next);
  return next;
}

/**
 * Nested lists of a shape, each element passed through `write`.
 * @param {NumericArray} array
 * @param {(element: Scalar) => unknown} write
 * @returns {any}
 */
export function nested(array, write) {
  const { shape, data } = array;
  let next = 0;
  /** @param {number} axis @returns {any} */
  const level = (axis) => {
    if (axis === shape.length) return write(data[next++]);
    return Array.from({ length: shape[axis] }, () => level(axis + 1));
  };
  return level(0);
}

/**
 * The elements as raw little-endian bytes.
 * @param {NumericArray} array
 * @returns {Uint8Array}
 */
export function bytesOf({ dtype, data }) {
  const typed = isTyped(data) && dtypeOf(data) === (dtype === 'bool' ? 'uint8' : dtype) ? data : written(dtype, data);
  return new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength);
}

/** @param {Dtype} dtype @param {ArrayLike<any>} data @returns {any} */
function written(dtype, data) {
  switch (dtype) {
    case 'int64': return BigInt64Array.from(data, BigInt);
    case 'uint64': return BigUint64Array.from(data, BigInt);
    case 'float16': return Uint16Array.from(data, toHalf);
    default: {
      const typed = storage(dtype, data.length);
      typed.set(data);
      return typed;
    }
  }
}

/**
 * The elements that stand in `buffer` at `offset`, as `storage` would hold them; a view of the buffer where possible.
 * @param {Dtype} dtype
 * @param {ArrayBuffer} buffer
 * @param {number} offset a multiple of 8
 * @param {number} length elements
 * @returns {any}
 */
export function elementsAt(dtype, buffer, offset, length) {
  switch (dtype) {
    case 'bool': case 'uint8': return new Uint8Array(buffer, offset, length);
    case 'int8': return new Int8Array(buffer, offset, length);
    case 'int16': return new Int16Array(buffer, offset, length);
    case 'int32': return new Int32Array(buffer, offset, length);
    case 'uint16': return new Uint16Array(buffer, offset, length);
    case 'uint32': return new Uint32Array(buffer, offset, length);
    case 'float32': return new Float32Array(buffer, offset, length);
    case 'float64': return new Float64Array(buffer, offset, length);
    case 'float16': return Float32Array.from(new Uint16Array(buffer, offset, length), fromHalf);
    case 'int64': return Array.from(new BigInt64Array(buffer, offset, length), narrowed);
    case 'uint64': return Array.from(new BigUint64Array(buffer, offset, length), narrowed);
    default: throw new RangeError(`no such dtype: ${dtype}; there are ${DTYPES.join(', ')}`);
  }
}

/** A number where it is exact, the BigInt where it is not. @param {bigint} value @returns {number|bigint} */
export function narrowed(value) {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/**
 * The bits of the float16 nearest to a number, ties to even. (`Math.f16round` is not in Node 22.)
 * @param {number} value
 */
export function toHalf(value) {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  // 65520 lies halfway between the largest float16 and the next power of two.
  if (magnitude >= 65520) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | evenRounded(magnitude * 2 ** 24);
  const exponent = Math.floor(Math.log2(magnitude));
  const step = 2 ** (exponent - 10);
  return sign | (((exponent + 14) << 10) + evenRounded(magnitude / step));
}

/** @param {number} value */
function evenRounded(value) {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

/** @param {number} bits @returns {number} */
export function fromHalf(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
