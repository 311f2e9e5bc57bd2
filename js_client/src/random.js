/**
 * Random numbers that a seed fixes, the same on every platform: sfc32, whose 128 bits of state pass the usual test
 * suites and need nothing but 32-bit integers.
 */

/**
 * A stream: call it for a number in [0, 1), or `integer(n)` for a whole number from 0 to n - 1, n up to 2^32.
 * @typedef {(() => number) & {integer: (n: number) => number}} Random
 */

/** Numbers thrown away at the start, so that near seeds give unrelated streams. */
const WARM_UP = 15;

/**
 * A stream of random numbers.
 * @param {number|bigint|null} [seed] fixes the stream; null or left out begins one that nobody can foresee
 * @returns {Random}
 */
export function random(seed = null) {
  const next = sfc32(...words(seed ?? Math.floor(Math.random() * 2 ** 53)));
  for (let i = 0; i < WARM_UP; i += 1) next();
  return Object.assign(() => next() / 2 ** 32, {
    /** @param {number} n */
    integer: (n) => Math.floor((next() / 2 ** 32) * n),
  });
}

/** The low 96 bits of a seed in three words, and a counter's start. @param {number|bigint} seed @returns {[number, number, number, number]} */
function words(seed) {
  const bits = BigInt(seed);
  return [Number(bits & 0xffffffffn), Number((bits >> 32n) & 0xffffffffn), Number((bits >> 64n) & 0xffffffffn), 1];
}

/** @param {number} a @param {number} b @param {number} c @param {number} counter @returns {() => number} whole numbers below 2^32 */
function sfc32(a, b, c, counter) {
  return () => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
}
