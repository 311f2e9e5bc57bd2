/**
 * Flat transforms: the matrices of the canvas and `DOMMatrix` and `DOMPoint` as games make them. Pure; what
 * turns out of the plane is unknown here.
 */

const RADIANS = Math.PI / 180;

/** @typedef {{a: number, b: number, c: number, d: number, e: number, f: number}} Matrix */

export class DOMMatrix {
  /** @param {any} [init] six or sixteen numbers, or `matrix(…)` as CSS writes it */
  constructor(init) {
    const [a, b, c, d, e, f] = sixNumbers(init);
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    this.e = e;
    this.f = f;
  }

  /** @param {any} [init] */
  static fromMatrix(init = {}) {
    return new DOMMatrix(matrixNumbers(init));
  }

  /** @param {ArrayLike<number>} array */
  static fromFloat32Array(array) {
    return new DOMMatrix(array);
  }

  /** @param {ArrayLike<number>} array */
  static fromFloat64Array(array) {
    return new DOMMatrix(array);
  }

  get is2D() { return true; }
  get isIdentity() { return this.a === 1 && this.b === 0 && this.c === 0 && this.d === 1 && this.e === 0 && this.f === 0; }
  get m11() { return this.a; }
  set m11(value) { this.a = value; }
  get m12() { return this.b; }
  set m12(value) { this.b = value; }
  get m21() { return this.c; }
  set m21(value) { this.c = value; }
  get m22() { return this.d; }
  set m22(value) { this.d = value; }
  get m41() { return this.e; }
  set m41(value) { this.e = value; }
  get m42() { return this.f; }
  set m42(value) { this.f = value; }
  get m13() { return 0; }
  get m14() { return 0; }
  get m23() { return 0; }
  get m24() { return 0; }
  get m31() { return 0; }
  get m32() { return 0; }
  get m33() { return 1; }
  get m34() { return 0; }
  get m43() { return 0; }
  get m44() { return 1; }

  /** @param {any} other */
  multiply(other) { return new DOMMatrix(numbersOf(this)).multiplySelf(other); }
  /** @param {any} other */
  multiplySelf(other) { return put(this, product(numbersOf(this), matrixNumbers(other))); }
  /** @param {any} other */
  preMultiplySelf(other) { return put(this, product(matrixNumbers(other), numbersOf(this))); }
  /** @param {number} [x] @param {number} [y] */
  translate(x, y) { return new DOMMatrix(numbersOf(this)).translateSelf(x, y); }
  /** @param {number} [x] @param {number} [y] */
  translateSelf(x = 0, y = 0) { return put(this, product(numbersOf(this), [1, 0, 0, 1, x, y])); }
  /** @param {number} [x] @param {number} [y] @param {number} [_z] @param {number} [originX] @param {number} [originY] */
  scale(x, y, _z, originX, originY) { return new DOMMatrix(numbersOf(this)).scaleSelf(x, y, _z, originX, originY); }
  /** @param {number} [x] @param {number} [y] @param {number} [_z] @param {number} [originX] @param {number} [originY] */
  scaleSelf(x = 1, y = x, _z = 1, originX = 0, originY = 0) {
    return put(this, product(numbersOf(this), [x, 0, 0, y, originX - x * originX, originY - y * originY]));
  }
  /** @param {number} x @param {number} [y] @param {number} [z] degrees */
  rotate(x, y, z) { return new DOMMatrix(numbersOf(this)).rotateSelf(x, y, z); }
  /** @param {number} x @param {number} [y] @param {number} [z] degrees; one number turns in the plane */
  rotateSelf(x = 0, y, z) {
    const angle = (y === undefined && z === undefined ? x : z ?? 0) * RADIANS;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return put(this, product(numbersOf(this), [cos, sin, -sin, cos, 0, 0]));
  }
  /** @param {number} angle degrees */
  skewX(angle) { return this.multiply(new DOMMatrix([1, 0, Math.tan(angle * RADIANS), 1, 0, 0])); }
  /** @param {number} angle degrees */
  skewY(angle) { return this.multiply(new DOMMatrix([1, Math.tan(angle * RADIANS), 0, 1, 0, 0])); }
  flipX() { return this.multiply(new DOMMatrix([-1, 0, 0, 1, 0, 0])); }
  flipY() { return this.multiply(new DOMMatrix([1, 0, 0, -1, 0, 0])); }
  inverse() { return new DOMMatrix(numbersOf(this)).invertSelf(); }
  invertSelf() { return put(this, inverted(numbersOf(this)) ?? [NaN, NaN, NaN, NaN, NaN, NaN]); }
  /** @param {{x?: number, y?: number}} [point] */
  transformPoint({ x = 0, y = 0 } = {}) { return new DOMPoint(this.a * x + this.c * y + this.e, this.b * x + this.d * y + this.f); }
  toFloat64Array() { return Float64Array.of(this.a, this.b, 0, 0, this.c, this.d, 0, 0, 0, 0, 1, 0, this.e, this.f, 0, 1); }
  toFloat32Array() { return new Float32Array(this.toFloat64Array()); }
  toString() { return `matrix(${numbersOf(this).join(', ')})`; }
  toJSON() { return { a: this.a, b: this.b, c: this.c, d: this.d, e: this.e, f: this.f, is2D: true, isIdentity: this.isIdentity }; }
}

export class DOMPoint {
  constructor(x = 0, y = 0, z = 0, w = 1) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.w = w;
  }

  /** @param {any} [other] */
  static fromPoint({ x, y, z, w } = {}) { return new DOMPoint(x, y, z, w); }
  /** @param {any} matrix */
  matrixTransform(matrix) { return DOMMatrix.fromMatrix(matrix).transformPoint(this); }
}

/** The six numbers of a matrix, or of an object with some of the members `a` to `f` or `m11` to `m42`. @param {any} matrix @returns {number[]} */
export function matrixNumbers(matrix) {
  const { a, b, c, d, e, f, m11, m12, m21, m22, m41, m42 } = matrix ?? {};
  return [a ?? m11 ?? 1, b ?? m12 ?? 0, c ?? m21 ?? 0, d ?? m22 ?? 1, e ?? m41 ?? 0, f ?? m42 ?? 0].map(Number);
}

/** m · n: what comes out of n goes into m. @param {ArrayLike<number>} m @param {ArrayLike<number>} n @returns {number[]} */
export function product(m, n) {
  return [
    m[0] * n[0] + m[2] * n[1], m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3], m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4], m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}

/** @param {ArrayLike<number>} m @returns {number[]|undefined} undefined where there is no way back */
export function inverted(m) {
  const [a, b, c, d, e, f] = Array.from(m);
  const area = a * d - b * c;
  if (area === 0 || !Number.isFinite(area)) return undefined;
  return [d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area];
}

/** @param {Matrix} matrix */
function numbersOf({ a, b, c, d, e, f }) {
  return [a, b, c, d, e, f];
}

/** @template {Matrix} T @param {T} matrix @param {number[]} numbers @returns {T} */
function put(matrix, [a, b, c, d, e, f]) {
  return Object.assign(matrix, { a, b, c, d, e, f });
}

/** @param {any} init @returns {number[]} */
function sixNumbers(init) {
  if (init === undefined || init === '' || init === 'none') return [1, 0, 0, 1, 0, 0];
  const numbers = typeof init === 'string' ? (init.match(/-?[\d.]+(?:e[+-]?\d+)?(?=[\s,)])/gi) ?? []).map(Number) : Array.from(init, Number);
  if (numbers.length === 6) return numbers;
  if (numbers.length === 16) return [0, 1, 4, 5, 12, 13].map((i) => numbers[i]);
  throw new TypeError("Failed to construct 'DOMMatrix': The sequence must contain 6 elements for a 2D matrix or 16 elements for a 3D matrix.");
}
