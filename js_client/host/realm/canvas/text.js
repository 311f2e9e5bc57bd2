/**
 * How wide text is: the same numbers on every machine, with and without a real canvas.
 *
 * No font of a machine is asked, since every machine has others. Widths are averages over common fonts without serifs
 * for each kind of character, so that a game's layout comes out much as in a browser. A real canvas draws with a font that has
 * exactly these widths (vm/neutral-font.js).
 */

/** Thousandths of the font's size, and the characters that are so wide. @type {[number, string][]} */
const CHARACTER_WIDTHS = [
  [222, "ijl'|"], [278, ' !.,:;/\\ft[]I`'], [333, '()-r"{}'], [389, '*'], [500, 'ckvxyzsJ'], [556, '0123456789abdeghnopqu?#$_L'], [584, '+<=>~^'],
  [611, 'FTZ'], [667, 'ABEKPSVXY&'], [722, 'CDHNRUw'], [778, 'GOQ'], [833, 'mM'], [889, '%'], [944, 'W'], [1015, '@'],
];
/** Of characters that a font like this has not: half a square, and the square of East Asian ones and pictures. */
const NARROW_BOX_WIDTH = 556;
const WIDE_BOX_WIDTH = 1000;
const MONO_WIDTH = 600;
/** Bold letters take a little more room. */
export const BOLD_STRETCH = 1.06;

/** Heights, in thousandths of the size: the whole font, capitals, small letters, what hangs down. */
export const FONT_ASCENT = 905;
export const FONT_DESCENT = 212;
export const CAPITAL_HEIGHT = 716;
export const SMALL_HEIGHT = 519;
export const HANGING_DEPTH = 212;

/** Boxes that stand for characters that the neutral font has not. */
export const NARROW_BOX = '\u25ab';
export const WIDE_BOX = '\u25a1';
const WIDE_BOX_CODE = WIDE_BOX.charCodeAt(0);

/** The families of the neutral font: by equal widths, then by weight. */
export const NEUTRAL_FAMILIES = [['stepwire sans', 'stepwire sans bold'], ['stepwire mono', 'stepwire mono bold']];

const asciiWidths = widthTable();

/** @typedef {import('./fonts.js').Font} Font */
/** @typedef {{font: Font, letterSpacing: number, wordSpacing: number, textAlign: string, textBaseline: string}} TextStyle */

export class TextMetrics {
  /** @param {number} width @param {number} start @param {number} shift of the baseline @param {Font} font @param {{up: number, down: number}} ink */
  constructor(width, start, shift, { size }, { up, down }) {
    const part = size / 1000;
    this.width = width;
    this.actualBoundingBoxLeft = start;
    this.actualBoundingBoxRight = width - start;
    this.actualBoundingBoxAscent = up * part - shift;
    this.actualBoundingBoxDescent = down * part + shift;
    this.fontBoundingBoxAscent = FONT_ASCENT * part - shift;
    this.fontBoundingBoxDescent = FONT_DESCENT * part + shift;
    this.emHeightAscent = FONT_ASCENT * part - shift;
    this.emHeightDescent = FONT_DESCENT * part + shift;
    this.hangingBaseline = 0.8 * size - shift;
    this.alphabeticBaseline = 0 - shift;
    this.ideographicBaseline = -FONT_DESCENT * part - shift;
  }
}

/** @param {string} text @param {TextStyle} style @returns {TextMetrics} */
export function measured(text, style) {
  const width = textWidth(text, style);
  return new TextMetrics(width, startOf(width, style.textAlign), baselineShift(style), style.font, inkOf(text));
}

/** @param {string} text @param {TextStyle} style */
export function textWidth(text, { font, letterSpacing, wordSpacing }) {
  let thousandths = 0;
  let count = 0;
  let spaces = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 0xdc00 && code <= 0xdfff) continue; // the second half of a pair
    count += 1;
    if (code === 32) spaces += 1;
    thousandths += characterWidth(code, font.isMono);
  }
  const stretch = font.isBold && !font.isMono ? BOLD_STRETCH : 1;
  return (thousandths * stretch * font.size) / 1000 + count * letterSpacing + spaces * wordSpacing;
}

/** In thousandths of the size. @param {number} code @param {boolean} isMono */
export function characterWidth(code, isMono) {
  if (code < 128) return isMono ? MONO_WIDTH : asciiWidths[code];
  if (isWide(code)) return WIDE_BOX_WIDTH;
  if (isMono) return MONO_WIDTH;
  const letter = code < 0x250 || (code >= 0x1e00 && code < 0x1f00) ? plainLetter(code) : -1;
  return letter < 0 ? NARROW_BOX_WIDTH : asciiWidths[letter];
}

/** The text in the characters that the neutral font has. @param {string} text */
export function neutralText(text) {
  if (/^[ -~]*$/.test(text)) return text;
  let neutral = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const letter = code < 32 ? 32 : code < 127 ? code : plainLetter(code);
    if (code >= 0x300 && code < 0x370) continue; // marks over the letter before
    neutral += letter > 0 ? String.fromCharCode(letter) : isWide(code) ? WIDE_BOX : NARROW_BOX;
  }
  return neutral;
}

/** The font that draws it, as a native canvas names it. @param {Font} font */
export function neutralFont({ size, isItalic, isMono, isBold }) {
  return `${isItalic ? 'italic ' : ''}${size}px "${NEUTRAL_FAMILIES[Number(isMono)][Number(isBold)]}"`;
}

/** The letter without its marks, or -1. @param {number} code */
function plainLetter(code) {
  if (code === 0xa0) return 32;
  if (!((code >= 0xc0 && code < 0x250) || (code >= 0x1e00 && code < 0x1f00))) return -1;
  const letter = String.fromCharCode(code).normalize('NFD').charCodeAt(0);
  return letter < 128 ? letter : -1;
}

/** East Asian characters, and the halves of pairs: pictures and rare ones. @param {number} code */
function isWide(code) {
  return (code >= 0x1100 && code < 0x1160) || code === WIDE_BOX_CODE || (code >= 0x2600 && code < 0x27c0) || (code >= 0x2e80 && code < 0xa4d0)
    || (code >= 0xac00 && code < 0xdc00) || (code >= 0xf900 && code < 0xfb00) || (code >= 0xfe30 && code < 0xfe70)
    || (code >= 0xff00 && code < 0xff61) || code > 0xffff;
}

/** @param {number} width @param {string} align */
function startOf(width, align) {
  if (align === 'center') return width / 2;
  return align === 'right' || align === 'end' ? width : 0;
}

/** How far the baseline lies under the point that text is drawn at, in pixels. @param {TextStyle} style */
function baselineShift({ textBaseline, font: { size } }) {
  switch (textBaseline) {
    case 'top': return (FONT_ASCENT * size) / 1000;
    case 'hanging': return 0.8 * size;
    case 'middle': return ((FONT_ASCENT - FONT_DESCENT) * size) / 2000;
    case 'bottom': case 'ideographic': return (-FONT_DESCENT * size) / 1000;
    default: return 0;
  }
}

/** @param {string} text */
function inkOf(text) {
  if (text.trim() === '') return { up: 0, down: 0 };
  const up = /[^acegmnopqrsuvwxyz.,:;_\-\s]/.test(text) ? CAPITAL_HEIGHT : SMALL_HEIGHT;
  return { up, down: /[gjpqy,;_()[\]{}|@]/.test(text) ? HANGING_DEPTH : /[\u0100-\uffff]/.test(text) ? HANGING_DEPTH / 2 : 0 };
}

function widthTable() {
  const widths = new Uint16Array(128);
  for (const [width, characters] of CHARACTER_WIDTHS) for (const character of characters) widths[character.charCodeAt(0)] = width;
  widths.fill(widths[32], 9, 14); // tabs and line ends are drawn as spaces
  return widths;
}
