/**
 * CSS colours as a canvas gives them back: `#rrggbb`, or `rgba(r, g, b, a)` where they are not opaque. Pure.
 *
 * The names and the grammar are those of CSS Color 4, as far as games write them; wide-gamut colours are unknown here.
 */

const NAMED_COLORS = parseNames(
  'aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 black 000000 '
  + 'blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 '
  + 'chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b darkcyan 008b8b '
  + 'darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f '
  + 'darkorange ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b '
  + 'darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff '
  + 'dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff '
  + 'gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080 green 008000 greenyellow adff2f grey 808080 '
  + 'honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5 '
  + 'lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 '
  + 'lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa '
  + 'lightskyblue 87cefa lightslategray 778899 lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 '
  + 'limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 '
  + 'mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc '
  + 'mediumvioletred c71585 midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 '
  + 'oldlace fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa '
  + 'palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb '
  + 'plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f royalblue 4169e1 '
  + 'saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb '
  + 'slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 '
  + 'thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00 '
  + 'yellowgreen 9acd32',
);

/** Colours met so far: games set the same few again and again. @type {Map<string, string|null>} */
const knownColors = new Map();
const MOST_KNOWN_COLORS = 4096;

/**
 * How a browser's canvas writes the colour.
 * @param {string} text
 * @returns {string|null} null for what is no colour
 */
export function canvasColor(text) {
  const known = knownColors.get(text);
  if (known !== undefined) return known;
  if (knownColors.size >= MOST_KNOWN_COLORS) knownColors.clear();
  const color = parseColor(text.trim().toLowerCase());
  knownColors.set(text, color);
  return color;
}

/** @param {string} text @returns {string|null} */
function parseColor(text) {
  if (text[0] === '#') return hexColor(text.slice(1));
  const name = NAMED_COLORS.get(text);
  if (name !== undefined) return name;
  if (text === 'transparent') return 'rgba(0, 0, 0, 0)';
  if (text === 'currentcolor') return '#000000';
  const call = /^(rgb|hsl)a?\(([^)]*)\)?$/.exec(text); // at the end of the text the closing bracket may be left out
  return call && colorOfCall(call[1], call[2]);
}

/** @param {string} digits @returns {string|null} */
function hexColor(digits) {
  if (!/^([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(digits)) return null;
  const long = digits.length < 6 ? digits.replace(/./g, '$&$&') : digits;
  if (long.length === 6) return `#${long}`;
  const [r, g, b, a] = [0, 2, 4, 6].map((at) => parseInt(long.slice(at, at + 2), 16));
  return written(r, g, b, a / 255);
}

/** `1, 2, 3, 0.5` and `1 2 3 / 50%`. @param {string} kind @param {string} inside @returns {string|null} */
function colorOfCall(kind, inside) {
  const parts = inside.trim().split(/\s*[,/]\s*|\s+/);
  if (parts.length < 3 || parts.length > 4) return null;
  const alpha = parts.length === 4 ? fraction(parts[3], 1) : 1;
  const channels = kind === 'rgb' ? parts.slice(0, 3).map((part) => fraction(part, 255) * 255) : hslChannels(parts);
  const [r, g, b] = channels.map(byteOf);
  return Number.isNaN(r + g + b + alpha) ? null : written(r, g, b, Math.min(1, Math.max(0, alpha)));
}

/** A number or a percentage, as part of the whole. @param {string} text @param {number} whole */
function fraction(text, whole) {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?%?$/.test(text)) return NaN;
  return text.endsWith('%') ? parseFloat(text) / 100 : parseFloat(text) / whole;
}

/** @param {number} value */
function byteOf(value) {
  return Math.min(255, Math.max(0, Math.round(value)));
}

/** @param {string[]} parts */
function hslChannels([hue, saturation, lightness]) {
  const turn = degreesOf(hue) / 30;
  const s = Math.min(1, Math.max(0, fraction(saturation, 100)));
  const l = Math.min(1, Math.max(0, fraction(lightness, 100)));
  const reach = s * Math.min(l, 1 - l);
  return [0, 8, 4].map((offset) => {
    const k = (((offset + turn) % 12) + 12) % 12;
    return 255 * (l - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  });
}

/** @type {Record<string, number>} */
const DEGREES_OF_UNIT = { '': 1, deg: 1, turn: 360, rad: 180 / Math.PI, grad: 0.9 };

/** @param {string} text */
function degreesOf(text) {
  const [, number, unit] = /^([+-]?(?:\d+\.?\d*|\.\d+))(deg|turn|rad|grad|)$/.exec(text) ?? [];
  return number === undefined ? NaN : parseFloat(number) * DEGREES_OF_UNIT[unit];
}

/** @param {number} r @param {number} g @param {number} b @param {number} a */
function written(r, g, b, a) {
  if (a === 1) return `#${((1 << 24) | (r << 16) | (g << 8) | b).toString(16).slice(1)}`;
  return `rgba(${r}, ${g}, ${b}, ${shortAlpha(a)})`;
}

/** Alpha is kept in a byte: two digits where they name that byte, else three. @param {number} alpha */
function shortAlpha(alpha) {
  const byte = Math.round(alpha * 255);
  const two = Math.round((byte / 255) * 100) / 100;
  return Math.round(two * 255) === byte ? two : Math.round((byte / 255) * 1000) / 1000;
}

/** @param {string} text @returns {Map<string, string>} */
function parseNames(text) {
  const words = text.split(' ');
  const names = new Map();
  for (let i = 0; i < words.length; i += 2) names.set(words[i], `#${words[i + 1]}`);
  return names;
}
