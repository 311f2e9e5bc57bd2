/**
 * What a CSS transform does to a box that stays upright: moving and scaling. Turning is left out: the box of a turned
 * element is that of the element before it was turned.
 */

import { specified } from './computed.js';
import { pixels } from './lengths.js';

/** @typedef {{x: number, y: number, sx: number, sy: number}} Transform from the box's own corner */

/** @type {Transform} */
const NONE = { x: 0, y: 0, sx: 1, sy: 1 };

/** @param {any} element @param {() => {width: number, height: number}} sized @returns {Transform} */
export function transformOf(element, sized) {
  const text = specified(element, 'transform');
  if (text === '' || text === 'none') return NONE;
  const size = sized();
  const transform = { ...NONE };
  for (const [, name, inner] of text.matchAll(/([a-z0-9]+)\(([^()]*)\)/gi)) apply(transform, name, inner.split(/\s*,\s*/), element, size);
  const [ox, oy] = originOf(element, size);
  return { ...transform, x: transform.x + ox - ox * transform.sx, y: transform.y + oy - oy * transform.sy };
}

/** @param {Transform} transform @param {string} name @param {string[]} values @param {any} element @param {{width: number, height: number}} size */
function apply(transform, name, values, element, size) {
  const across = (/** @type {string|undefined} */ text) => pixels(text?.trim() ?? '', () => size.width, element) ?? 0;
  const down = (/** @type {string|undefined} */ text) => pixels(text?.trim() ?? '', () => size.height, element) ?? 0;
  const move = (/** @type {number} */ x, /** @type {number} */ y) => {
    transform.x += x * transform.sx;
    transform.y += y * transform.sy;
  };
  const scale = (/** @type {number} */ x, /** @type {number} */ y) => {
    transform.sx *= x;
    transform.sy *= y;
  };
  const [first, second] = values.map(Number);
  switch (name.toLowerCase()) {
    case 'translate': case 'translate3d': return move(across(values[0]), down(values[1]));
    case 'translatex': return move(across(values[0]), 0);
    case 'translatey': return move(0, down(values[0]));
    case 'scale': case 'scale3d': return scale(first, second ?? first);
    case 'scalex': return scale(first, 1);
    case 'scaley': return scale(1, first);
    case 'matrix':
      move(Number(values[4]), Number(values[5]));
      return scale(first, Number(values[3]));
    default: return undefined;
  }
}

/** @type {Record<string, string>} */
const ORIGINS = { left: '0%', top: '0%', center: '50%', right: '100%', bottom: '100%' };

/** @param {any} element @param {{width: number, height: number}} size */
function originOf(element, size) {
  const said = specified(element, 'transform-origin');
  const [x = 'center', y = 'center'] = said.split(/\s+/).filter(Boolean);
  const isSwapped = /^(top|bottom)$/.test(x) || /^(left|right)$/.test(y);
  const [across, down] = isSwapped ? [y, x] : [x, y];
  return [
    pixels(ORIGINS[across] ?? across, () => size.width, element) ?? size.width / 2,
    pixels(ORIGINS[down] ?? down, () => size.height, element) ?? size.height / 2,
  ];
}
