/**
 * What a 2D context remembers about how to draw: its properties, what each of them accepts, and what it is at first.
 *
 * A wrong value is ignored, as browsers do it. Knows nothing of transforms and paths.
 */

import { canvasColor } from './colors.js';
import { DEFAULT_FONT } from './fonts.js';

/**
 * @typedef {object} Style
 * @property {any} fillStyle a colour as canvasColor writes it, a gradient or a pattern
 * @property {any} strokeStyle
 * @property {number} globalAlpha
 * @property {string} globalCompositeOperation
 * @property {number} lineWidth
 * @property {string} lineCap
 * @property {string} lineJoin
 * @property {number} miterLimit
 * @property {number} lineDashOffset
 * @property {number[]} lineDash never changed in place
 * @property {import('./fonts.js').Font} font
 * @property {string} textAlign
 * @property {string} textBaseline
 * @property {string} direction
 * @property {number} letterSpacing pixels
 * @property {number} wordSpacing pixels
 * @property {string} fontKerning
 * @property {string} fontStretch
 * @property {string} fontVariantCaps
 * @property {string} textRendering
 * @property {boolean} imageSmoothingEnabled
 * @property {string} imageSmoothingQuality
 * @property {number} shadowBlur
 * @property {string} shadowColor
 * @property {number} shadowOffsetX
 * @property {number} shadowOffsetY
 * @property {string} filter
 */

/** @type {Style} */
const FIRST_STYLE = {
  fillStyle: '#000000', strokeStyle: '#000000', globalAlpha: 1, globalCompositeOperation: 'source-over',
  lineWidth: 1, lineCap: 'butt', lineJoin: 'miter', miterLimit: 10, lineDashOffset: 0, lineDash: [],
  font: DEFAULT_FONT, textAlign: 'start', textBaseline: 'alphabetic', direction: 'ltr', letterSpacing: 0, wordSpacing: 0,
  fontKerning: 'auto', fontStretch: 'normal', fontVariantCaps: 'normal', textRendering: 'auto',
  imageSmoothingEnabled: true, imageSmoothingQuality: 'low',
  shadowBlur: 0, shadowColor: 'rgba(0, 0, 0, 0)', shadowOffsetX: 0, shadowOffsetY: 0, filter: 'none',
};

/** @returns {Style} */
export function firstStyle() {
  return new StyleCopy(FIRST_STYLE);
}

/** @param {Style} style @returns {Style} */
export function copyOfStyle(style) {
  return new StyleCopy(style);
}

/** Written out, since games save and restore for everything that they draw: five times as quick as `{ ...style }`. */
class StyleCopy {
  /** @param {Style} style */
  constructor(style) {
    this.fillStyle = style.fillStyle;
    this.strokeStyle = style.strokeStyle;
    this.globalAlpha = style.globalAlpha;
    this.globalCompositeOperation = style.globalCompositeOperation;
    this.lineWidth = style.lineWidth;
    this.lineCap = style.lineCap;
    this.lineJoin = style.lineJoin;
    this.miterLimit = style.miterLimit;
    this.lineDashOffset = style.lineDashOffset;
    this.lineDash = style.lineDash;
    this.font = style.font;
    this.textAlign = style.textAlign;
    this.textBaseline = style.textBaseline;
    this.direction = style.direction;
    this.letterSpacing = style.letterSpacing;
    this.wordSpacing = style.wordSpacing;
    this.fontKerning = style.fontKerning;
    this.fontStretch = style.fontStretch;
    this.fontVariantCaps = style.fontVariantCaps;
    this.textRendering = style.textRendering;
    this.imageSmoothingEnabled = style.imageSmoothingEnabled;
    this.imageSmoothingQuality = style.imageSmoothingQuality;
    this.shadowBlur = style.shadowBlur;
    this.shadowColor = style.shadowColor;
    this.shadowOffsetX = style.shadowOffsetX;
    this.shadowOffsetY = style.shadowOffsetY;
    this.filter = style.filter;
  }
}

/** Names from which a property chooses. @type {Record<string, Set<string>>} */
export const STYLE_NAMES = Object.fromEntries(Object.entries({
  globalCompositeOperation: 'source-over source-in source-out source-atop destination-over destination-in destination-out destination-atop lighter copy xor '
    + 'multiply screen overlay darken lighten color-dodge color-burn hard-light soft-light difference exclusion hue saturation color luminosity',
  lineCap: 'butt round square',
  lineJoin: 'round bevel miter',
  textAlign: 'start end left right center',
  textBaseline: 'top hanging middle alphabetic ideographic bottom',
  direction: 'ltr rtl inherit',
  fontKerning: 'auto normal none',
  fontStretch: 'ultra-condensed extra-condensed condensed semi-condensed normal semi-expanded expanded extra-expanded ultra-expanded',
  fontVariantCaps: 'normal small-caps all-small-caps petite-caps all-petite-caps unicase titling-caps',
  textRendering: 'auto optimizeSpeed optimizeLegibility geometricPrecision',
  imageSmoothingQuality: 'low medium high',
}).map(([name, names]) => [name, new Set(names.split(' '))]));

/**
 * Properties that games seldom set: given a value, the one to keep, or undefined.
 * @type {Record<string, (value: any) => any>}
 */
export const STYLE_PARSERS = {
  lineCap: (value) => oneOfNames('lineCap', value),
  lineJoin: (value) => oneOfNames('lineJoin', value),
  direction: (value) => oneOfNames('direction', value === 'inherit' ? 'ltr' : value),
  fontKerning: (value) => oneOfNames('fontKerning', value),
  fontStretch: (value) => oneOfNames('fontStretch', value),
  fontVariantCaps: (value) => oneOfNames('fontVariantCaps', value),
  textRendering: (value) => oneOfNames('textRendering', value),
  imageSmoothingQuality: (value) => oneOfNames('imageSmoothingQuality', value),
  imageSmoothingEnabled: Boolean,
  miterLimit: (value) => (value > 0 && value < Infinity ? Number(value) : undefined),
  lineDashOffset: finite,
  shadowOffsetX: finite,
  shadowOffsetY: finite,
  shadowBlur: (value) => (value >= 0 && value < Infinity ? Number(value) : undefined),
  shadowColor: (value) => canvasColor(String(value)) ?? undefined,
  filter: (value) => (String(value).trim() === '' ? undefined : String(value)),
  letterSpacing: pixelLength,
  wordSpacing: pixelLength,
};

/** How it is given back where that is not what is kept. @type {Record<string, (value: any) => any>} */
export const STYLE_WRITERS = {
  letterSpacing: (value) => `${value}px`,
  wordSpacing: (value) => `${value}px`,
};

/** @param {string} property @param {any} value */
function oneOfNames(property, value) {
  return STYLE_NAMES[property].has(value) ? value : undefined;
}

/** @param {any} value */
function finite(value) {
  return Number.isFinite(Number(value)) ? Number(value) : undefined;
}

/** @param {any} value */
function pixelLength(value) {
  const found = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(px|pt|em|rem|)\s*$/.exec(String(value));
  if (!found || (found[2] === '' && Number(found[1]) !== 0)) return undefined;
  return Number(found[1]) * ({ px: 1, pt: 4 / 3, em: 16, rem: 16 }[found[2]] ?? 1);
}
