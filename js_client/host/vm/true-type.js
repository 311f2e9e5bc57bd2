/**
 * Writes a TrueType font whose glyphs are made of boxes: the least that a reader of fonts asks for. Pure.
 *
 * The tables are those of the OpenType specification, version 1.9.
 */

const UNITS_PER_EM = 1000;

/** @typedef {{code: number, width: number, boxes: number[][]}} Glyph boxes are [left, bottom, right, top] */

/**
 * @param {{family: string, ascent: number, descent: number, glyphs: Glyph[]}} font
 * @returns {Uint8Array}
 */
export function trueType({ family, ascent, descent, glyphs }) {
  const all = [{ code: 0, width: 500, boxes: [] }, ...glyphs]; // the first one stands for what is missing
  const outlines = all.map(({ boxes }) => outline(boxes));
  const offsets = outlines.reduce((sums, { length }) => [...sums, sums[sums.length - 1] + length], [0]);
  const widest = Math.max(...all.map(({ width }) => width));
  const bounds = [0, -descent, widest, ascent];
  return file({
    'OS/2': windowsMetrics(all, ascent, descent),
    cmap: characterMap(glyphs),
    glyf: outlines.flat(),
    head: [...u32(0x00010000), ...u32(0x00010000), ...u32(0), ...u32(0x5f0f3cf5), ...u16(0b1011), ...u16(UNITS_PER_EM), ...u32(0), ...u32(0),
      ...u32(0), ...u32(0), ...bounds.flatMap(u16), ...u16(0), ...u16(8), ...u16(2), ...u16(1), ...u16(0)],
    hhea: [...u32(0x00010000), ...u16(ascent), ...u16(-descent), ...u16(0), ...u16(widest), ...zeros(4), ...u16(widest), ...u16(1), ...zeros(14), ...u16(all.length)],
    hmtx: all.flatMap(({ width, boxes }) => [...u16(width), ...u16(Math.min(...boxes.map(([left]) => left), UNITS_PER_EM) % UNITS_PER_EM)]),
    loca: offsets.flatMap(u32),
    maxp: [...u32(0x00010000), ...u16(all.length), ...u16(200), ...u16(50), ...zeros(4), ...u16(1), ...zeros(16)],
    name: names(family),
    post: [...u32(0x00030000), ...zeros(28)],
  });
}

/** Boxes go around as the clock does. @param {number[][]} boxes */
function outline(boxes) {
  if (boxes.length === 0) return [];
  const corners = boxes.flatMap(([left, bottom, right, top]) => [[left, bottom], [left, top], [right, top], [right, bottom]]);
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const steps = (/** @type {number[]} */ values) => values.map((value, i) => value - (values[i - 1] ?? 0)).flatMap(u16);
  const bytes = [
    ...u16(boxes.length), ...[Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].flatMap(u16),
    ...boxes.flatMap((_, i) => u16(4 * i + 3)), ...u16(0), ...corners.map(() => 1), ...steps(xs), ...steps(ys),
  ];
  return padded(bytes);
}

/** Format 4: one segment for each run of neighbouring characters. @param {Glyph[]} glyphs */
function characterMap(glyphs) {
  /** @type {{start: number, end: number, delta: number}[]} */
  const segments = [];
  [...glyphs.keys()].sort((a, b) => glyphs[a].code - glyphs[b].code).forEach((i) => {
    const { code } = glyphs[i];
    const last = segments[segments.length - 1];
    if (last && last.end === code - 1 && last.delta === i + 1 - code) last.end = code;
    else segments.push({ start: code, end: code, delta: i + 1 - code });
  });
  segments.push({ start: 0xffff, end: 0xffff, delta: 1 });
  const count = segments.length;
  const power = 2 ** Math.floor(Math.log2(count));
  const body = [
    ...u16(2 * count), ...u16(2 * power), ...u16(Math.log2(power)), ...u16(2 * (count - power)),
    ...segments.flatMap(({ end }) => u16(end)), ...u16(0), ...segments.flatMap(({ start }) => u16(start)),
    ...segments.flatMap(({ delta }) => u16(delta)), ...segments.flatMap(() => u16(0)),
  ];
  return [...u16(0), ...u16(1), ...u16(3), ...u16(1), ...u32(12), ...u16(4), ...u16(body.length + 6), ...u16(0), ...body];
}

/** @param {Glyph[]} glyphs @param {number} ascent @param {number} descent */
function windowsMetrics(glyphs, ascent, descent) {
  const codes = glyphs.slice(1).map(({ code }) => code);
  const average = Math.round(glyphs.reduce((sum, { width }) => sum + width, 0) / glyphs.length);
  return [
    ...u16(4), ...u16(average), ...u16(400), ...u16(5), ...u16(0), ...zeros(22), ...zeros(10), ...u32(1), ...zeros(12), ...u32(0x20202020),
    ...u16(0x40), ...u16(Math.min(...codes)), ...u16(Math.max(...codes)), ...u16(ascent), ...u16(-descent), ...u16(0), ...u16(ascent), ...u16(descent),
    ...u32(1), ...u32(0), ...u16(519), ...u16(700), ...u16(0), ...u16(32), ...u16(1),
  ];
}

/** Family, style and full name, as Windows has them. @param {string} family */
function names(family) {
  const texts = [[1, family], [2, 'Regular'], [4, family], [6, family.replace(/ /g, '')]].map(([id, text]) => ({
    id: Number(id), bytes: Array.from(String(text), (letter) => u16(letter.charCodeAt(0))).flat(),
  }));
  let at = 0;
  const records = texts.flatMap(({ id, bytes }) => {
    const record = [3, 1, 0x409, id, bytes.length, at].flatMap(u16);
    at += bytes.length;
    return record;
  });
  return [...u16(0), ...u16(texts.length), ...u16(6 + records.length), ...records, ...texts.flatMap(({ bytes }) => bytes)];
}

/** @param {Record<string, number[]>} tables in the order of their names */
function file(tables) {
  const entries = Object.entries(tables);
  const power = 2 ** Math.floor(Math.log2(entries.length));
  const head = [...u32(0x00010000), ...u16(entries.length), ...u16(16 * power), ...u16(Math.log2(power)), ...u16(16 * (entries.length - power))];
  let at = 12 + 16 * entries.length;
  /** @type {number[]} */
  const body = [];
  for (const [name, bytes] of entries) {
    const whole = padded(bytes);
    head.push(...Array.from(name, (letter) => letter.charCodeAt(0)), ...u32(checksum(whole)), ...u32(at), ...u32(bytes.length));
    for (const byte of whole) body.push(byte);
    at += whole.length;
  }
  return Uint8Array.from([...head, ...body]);
}

/** @param {number[]} bytes a multiple of four */
function checksum(bytes) {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 4) sum = (sum + ((bytes[i] << 24) | (bytes[i + 1] << 16) | (bytes[i + 2] << 8) | bytes[i + 3])) >>> 0;
  return sum;
}

/** @param {number[]} bytes */
function padded(bytes) {
  return [...bytes, ...zeros((4 - (bytes.length % 4)) % 4)];
}

/** @param {number} count */
function zeros(count) {
  return new Array(count).fill(0);
}

/** @param {number} value */
function u16(value) {
  return [(value >> 8) & 255, value & 255];
}

/** @param {number} value */
function u32(value) {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
