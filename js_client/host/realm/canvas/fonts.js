/**
 * The `font` of a canvas: the shorthand of CSS, read and written as browsers do. Pure.
 */

/**
 * @typedef {object} Font
 * @property {string} text as the canvas gives it back
 * @property {number} size CSS pixels
 * @property {boolean} isItalic
 * @property {boolean} isBold
 * @property {boolean} isMono all characters of one width
 */

/** What lengths are in CSS pixels; those of the page's font stand for its default of 16. @type {Record<string, number>} */
const FONT_UNITS = { px: 1, pt: 4 / 3, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4, q: 96 / 101.6, em: 16, rem: 16, ex: 8, ch: 8, '%': 0.16, vw: 3.75, vh: 6.67 };
/** @type {Record<string, number>} */
const NAMED_SIZES = { 'xx-small': 9, 'x-small': 10, small: 13, medium: 16, large: 18, 'x-large': 24, 'xx-large': 32, larger: 19.2, smaller: 13.333 };

/** @type {Font} */
export const DEFAULT_FONT = { text: '10px sans-serif', size: 10, isItalic: false, isBold: false, isMono: false };

/** @type {Map<string, Font|null>} */
const knownFonts = new Map();
const MOST_KNOWN_FONTS = 1024;

/** @param {string} text @returns {Font|null} null for what is no font */
export function parseFont(text) {
  const known = knownFonts.get(text);
  if (known !== undefined) return known;
  if (knownFonts.size >= MOST_KNOWN_FONTS) knownFonts.clear();
  const font = fontOf(text.trim());
  knownFonts.set(text, font);
  return font;
}

/** @param {string} text @returns {Font|null} */
function fontOf(text) {
  const found = /^(.*?)(?:^|\s)(\+?(?:\d+\.?\d*|\.\d+)(?:px|pt|pc|in|cm|mm|q|em|rem|ex|ch|vw|vh|%)|(?:xx?-)?small|medium|(?:xx?-)?large|larger|smaller)\s*(?:\/\s*\S+)?\s+(\S.*)$/is.exec(text);
  if (!found) return null;
  const [, before, length, families] = found;
  const words = before.toLowerCase().split(/\s+/).filter((word) => word !== '' && word !== 'normal');
  const [style, variant, weight, stretch] = FONT_WORDS.map((pattern) => words.find((word) => pattern.test(word)));
  if (words.length !== [style, variant, weight, stretch].filter(Boolean).length || /,\s*(,|$)/.test(families)) return null;
  const size = sizeOf(length.toLowerCase());
  const isBold = weight !== undefined && weight !== '400' && (Number.isNaN(Number(weight)) ? weight !== 'lighter' : Number(weight) >= 600);
  return {
    text: [style, variant, weight === 'bold' ? 'bold' : weight, stretch, `${size}px`, writtenFamilies(families)].filter(Boolean).join(' '),
    size, isBold, isItalic: style !== undefined, isMono: /mono|courier|consolas|menlo|press start/i.test(families),
  };
}

const FONT_WORDS = [/^(italic|oblique)$/, /^small-caps$/, /^(bold|bolder|lighter|[1-9]\d{0,2}|1000)$/, /^((ultra|extra|semi)-)?(condensed|expanded)$/];

/** @param {string} length */
function sizeOf(length) {
  const size = NAMED_SIZES[length] ?? parseFloat(length) * FONT_UNITS[/[a-z%]+$/.exec(length)?.[0] ?? 'px'];
  return Math.round(size * 1000) / 1000;
}

/** Names of one word lose their quotes, others get double ones. @param {string} families */
function writtenFamilies(families) {
  return families.split(/\s*,\s*/).map((family) => {
    const name = family.trim().replace(/^(["'])(.*)\1$/, '$2');
    return /^-?[a-z_][\w-]*$/i.test(name) || !/^["']/.test(family.trim()) ? name : `"${name}"`;
  }).join(', ');
}
