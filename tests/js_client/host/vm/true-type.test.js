import assert from 'node:assert/strict';
import { test } from 'node:test';

import { trueType } from '../../../../js_client/host/vm/true-type.js';

const font = Buffer.from(trueType({
  family: 'Test', ascent: 800, descent: 200,
  glyphs: [{ code: 65, width: 600, boxes: [[50, 0, 550, 700], [100, 100, 200, 200]] }, { code: 66, width: 500, boxes: [[0, 0, 10, 10]] }, { code: 32, width: 300, boxes: [] }],
}));

/** @returns {Record<string, Buffer>} the tables, whose checksums must be right */
function tables(file) {
  const found = {};
  for (let i = 0; i < file.readUInt16BE(4); i += 1) {
    const at = 12 + 16 * i;
    const [sum, offset, length] = [4, 8, 12].map((more) => file.readUInt32BE(at + more));
    const name = file.toString('latin1', at, at + 4);
    let own = 0;
    for (let k = 0; k < length; k += 4) own = (own + Buffer.concat([file.subarray(offset + k, offset + k + 4), Buffer.alloc(4)]).readUInt32BE(0)) >>> 0;
    assert.equal(own, sum, name);
    found[name] = file.subarray(offset, offset + length);
  }
  return found;
}

test('all tables that a font needs are there, in order', () => {
  assert.deepEqual(Object.keys(tables(font)), ['OS/2', 'cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'name', 'post']);
});

test('tables have the lengths that their versions have', () => {
  const lengths = { 'OS/2': 96, head: 54, hhea: 36, maxp: 32, post: 32 };
  assert.deepEqual(Object.fromEntries(Object.keys(lengths).map((name) => [name, tables(font)[name].length])), lengths);
});

test('glyphs are as wide as they are said to be, after the one for what is missing', () => {
  const { hmtx, hhea, maxp } = tables(font);
  assert.deepEqual([0, 1, 2, 3].map((i) => [hmtx.readUInt16BE(4 * i), hmtx.readInt16BE(4 * i + 2)]), [[500, 0], [600, 50], [500, 0], [300, 0]]);
  assert.deepEqual([hhea.readUInt16BE(34), maxp.readUInt16BE(4), hhea.readInt16BE(4), hhea.readInt16BE(6)], [4, 4, 800, -200]);
});

test('a glyph goes round its boxes', () => {
  const { glyf, loca } = tables(font);
  const at = loca.readUInt32BE(4);
  assert.equal(loca.readUInt32BE(4), loca.readUInt32BE(0));
  assert.deepEqual([glyf.readInt16BE(at), ...[2, 4, 6, 8].map((more) => glyf.readInt16BE(at + more))], [2, 50, 0, 550, 700]);
  assert.deepEqual([glyf.readUInt16BE(at + 10), glyf.readUInt16BE(at + 12)], [3, 7]);
  assert.equal(loca.readUInt32BE(16), glyf.length);
});

test('characters lead to their glyphs', () => {
  const { cmap } = tables(font);
  const table = cmap.subarray(12);
  const count = table.readUInt16BE(6) / 2;
  const glyphOf = (code) => {
    for (let i = 0; i < count; i += 1) {
      const [end, start, delta] = [14, 16 + 2 * count, 16 + 4 * count].map((base) => table.readUInt16BE(base + 2 * i));
      if (code <= end) return code >= start ? (code + delta) & 0xffff : 0;
    }
    return 0;
  };
  assert.deepEqual([65, 66, 32, 67, 0xffff].map(glyphOf), [1, 2, 3, 0, 0]);
});
