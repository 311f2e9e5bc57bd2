/**
 * A font of our own, so that text has the same pixels on every machine: dots in a grid, as wide as the realm says that
 * text is.
 *
 * Built as TrueType in memory: four faces, of varying and of equal widths, regular and bold. It has ASCII and two boxes, which stand
 * for all other characters (realm/canvas/text.js replaces them).
 */

import { BOLD_STRETCH, characterWidth, FONT_ASCENT, FONT_DESCENT, NARROW_BOX, NEUTRAL_FAMILIES, WIDE_BOX } from '../realm/canvas/text.js';
import { trueType } from './true-type.js';

/**
 * The characters from `!` to `~`: how many dots wide, then a digit of base 32 for each row of dots from the top; the
 * seventh row stands on the line, the eighth and ninth hang below it.
 */
const DOTS = (
  '11111101 35500000 5aavavaa 54fke5u4 5op248j3 5cik8lid 11100000 31244421 34211124 504lel40 5044v440 200000112 30007000 '
  + '10000001 41122448 5ehjlphe 32622227 5eh168gv 5u11e11u 526aiv22 5vgu11he 568guhhe 5v124488 5ehhehhe 5ehhf12c 10010001 '
  + '200100012 41248421 500v0v00 48421248 5eh12404 5ehnlmgf 5ehhvhhh 5uhhuhhu 5ehggghe 5uhhhhhu 5vgguggv 5vgguggg 5ehgnhhe '
  + '5hhhvhhh 11111111 41111996 5hikokih 4888888f 5hrllhhh 5hppljjh 5ehhhhhe 5uhhuggg 5ehhhlid 5uhhukih 5fgge11u 5v444444 '
  + '5hhhhhhe 5hhhhaa4 5hhhllrh 5hha4ahh 5hha4444 5v1248gv 23222223 48844221 23111113 54ah0000 50000000v 22100000 500e1fhf '
  + '5gguhhhu 40078887 511fhhhf 500ehvge 33474444 500fhhhf1e 488e9999 11011111 2101111112 4889aca9 11111111 500qllll '
  + '400e9999 500ehhhe 500uhhhugg 500fhhhf11 30056444 4007861e 32272223 40099997 500hhha4 500hllla 500ha4ah 500hhhf12c '
  + '400f168f 31224221 1111111111 34221224 5008l200'
).split(' ');
const BOX_DOTS = '5vhhhhhv';

/** In thousandths of the size: rows of capital letters that are 700 high, and what is left free beside the dots. */
const ROW = 100;
const ROWS_ABOVE = 7;
const BEARING = 45;
const WIDEST_DOT = 140;
/** Dots of one glyph touch; this much more and no light comes through between them. */
const OVERLAP = 2;
const BOLD_DOT = 1.25;

/** @returns {{family: string, data: Uint8Array}[]} */
export function neutralFonts() {
  return [[false, false], [false, true], [true, false], [true, true]].map(([isMono, isBold]) => {
    const family = NEUTRAL_FAMILIES[Number(isMono)][Number(isBold)];
    const characters = [32, ...DOTS.map((_, i) => i + 33), NARROW_BOX.charCodeAt(0), WIDE_BOX.charCodeAt(0)];
    const glyphs = characters.map((code) => ({ code, ...glyph(code, isMono, isBold) }));
    return { family, data: trueType({ family, ascent: FONT_ASCENT, descent: FONT_DESCENT, glyphs }) };
  });
}

/** @param {number} code @param {boolean} isMono @param {boolean} isBold */
function glyph(code, isMono, isBold) {
  const width = Math.round(characterWidth(code, isMono) * (isBold && !isMono ? BOLD_STRETCH : 1));
  const dots = code === 32 ? '' : code < 127 ? DOTS[code - 33] : BOX_DOTS;
  return { width, boxes: boxes(dots, width, isBold ? BOLD_DOT : 1) };
}

/** The dots as boxes [left, bottom, right, top]: one for each run in a row. @param {string} dots @param {number} width @param {number} fat @returns {number[][]} */
function boxes(dots, width, fat) {
  if (dots === '') return [];
  const columns = Number(dots[0]);
  const dot = Math.min(WIDEST_DOT, (width - 2 * BEARING) / columns);
  const margin = (width - columns * dot) / 2;
  return Array.from(dots.slice(1)).flatMap((digit, row) => {
    const bits = parseInt(digit, 32).toString(2).padStart(columns, '0');
    const top = (ROWS_ABOVE - row) * ROW;
    return Array.from(bits.matchAll(/1+/g), ({ index, 0: run }) => {
      const left = margin + index * dot;
      return [left, top - ROW - OVERLAP, left + run.length * dot + (fat - 1) * dot, top].map(Math.round);
    });
  });
}
