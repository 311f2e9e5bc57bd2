/**
 * Boxes of elements: what a script is told of their sizes and places.
 *
 * Text has no size here. Whoever asks for what only a browser's layout knows gets 0, and that is in the report.
 */

import { here, needsBrowser } from '../web/here.js';
import { computed } from './computed.js';
import { edge, edges } from './lengths.js';
import { elementsBelow } from './links.js';
import { containerOf, isVisible, placeOf, sizeOf } from './sizes.js';
import { transformOf } from './transforms.js';

/** @typedef {import('./lengths.js').Axis} Axis */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/** @type {Box} */
const NOWHERE = { left: 0, top: 0, width: 0, height: 0 };

/** With borders and as transformed, from the corner of the screen. @param {any} element @param {string} [asked] by what name @returns {Box} */
export function boxOf(element, asked = 'getBoundingClientRect') {
  if (!element.isConnected || !isVisible(element)) return NOWHERE;
  const [width, height] = [sizeOf(element, 'width'), sizeOf(element, 'height')];
  if (width === undefined || height === undefined) needsBrowser(`${asked} of <${element.localName}>: its size comes from the layout`);
  return screenBox(element, width ?? 0, height ?? 0);
}

/** @typedef {{left: number, top: number, sx: number, sy: number}} Frame where an element's corner is on the screen, and how much it is scaled */

/** @type {Frame} */
const SCREEN = { left: 0, top: 0, sx: 1, sy: 1 };

const FRAME = Symbol('frame');

/** Kept as long as nothing has changed or moved. @param {any} element @returns {Frame} */
function frameOf(element) {
  const known = element[FRAME];
  const age = here.changes + here.shapes;
  if (known?.age === age && known.moves === here.moves) return known;
  const fresh = { ...foundFrame(element), age, moves: here.moves };
  element[FRAME] = fresh;
  return fresh;
}

/** @param {any} element @returns {Frame} */
function foundFrame(element) {
  const parent = element.parentElement;
  const around = parent ? frameOf(parent) : SCREEN;
  const place = placeOf(element);
  const from = parent ? placeOf(parent) : NOWHERE;
  const { x, y, sx, sy } = transformOf(element, () => ({ width: sizeOf(element, 'width') ?? 0, height: sizeOf(element, 'height') ?? 0 }));
  return {
    left: around.left + (place.left - from.left + x) * around.sx, top: around.top + (place.top - from.top + y) * around.sy,
    sx: around.sx * sx, sy: around.sy * sy,
  };
}

/** @param {any} element @param {number} width @param {number} height @returns {Box} */
function screenBox(element, width, height) {
  const { left, top, sx, sy } = frameOf(element);
  const [across, down] = [width * sx, height * sy];
  return { left: Math.min(left, left + across), top: Math.min(top, top + down), width: Math.abs(across), height: Math.abs(down) };
}

/** offsetWidth and offsetHeight. @param {any} element @param {Axis} axis */
export function outerOf(element, axis) {
  if (!element.isConnected || !isVisible(element)) return 0;
  const size = sizeOf(element, axis);
  if (size === undefined) needsBrowser(`${axis === 'width' ? 'offsetWidth' : 'offsetHeight'} of <${element.localName}>: it comes from the layout`);
  return Math.round(size ?? 0);
}

/** clientWidth and clientHeight. @param {any} element @param {Axis} axis */
export function contentOf(element, axis) {
  if (!element.isConnected || !isVisible(element)) return 0;
  if (element === here.document.documentElement) return here.kernel.screen[axis];
  const size = sizeOf(element, axis);
  if (size === undefined) needsBrowser(`${axis === 'width' ? 'clientWidth' : 'clientHeight'} of <${element.localName}>: it comes from the layout`);
  return Math.round(Math.max(0, (size ?? 0) - edges(element, 'border', axis)));
}

/** From the corner of what it is placed in. @param {any} element @returns {{left: number, top: number, parent: any}} */
export function offsetsOf(element) {
  const { body } = here.document;
  if (!element.isConnected || element === body || !isVisible(element) || computed(element, 'position') === 'fixed') return { left: 0, top: 0, parent: null };
  const parent = containerOf(element) ?? body;
  const { left, top } = placeOf(element);
  if (parent === body || parent === null) return { left, top, parent };
  const from = placeOf(parent);
  return { left: left - from.left - edge(parent, 'border', 'left'), top: top - from.top - edge(parent, 'border', 'top'), parent };
}

/** The topmost element whose box has a point, as far as boxes are known; the body where none has. @param {number} x @param {number} y @returns {any} */
export function elementAt(x, y) {
  const { body, documentElement } = here.document;
  const { width, height } = here.kernel.screen;
  if (x < 0 || y < 0 || x > width || y > height) return null;
  let top = body ?? documentElement;
  let level = -Infinity;
  for (const element of body ? elementsBelow(body, () => true) : []) {
    const own = levelOf(element);
    if (own >= level && isHit(element, x, y)) [top, level] = [element, own];
  }
  return top;
}

/** @param {any} element @param {number} x @param {number} y */
function isHit(element, x, y) {
  if (computed(element, 'pointer-events') === 'none' || computed(element, 'visibility') !== 'visible' || !isVisible(element)) return false;
  const [width, height] = [sizeOf(element, 'width'), sizeOf(element, 'height')];
  if (!width || !height) return false;
  const box = screenBox(element, width, height);
  return x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height;
}

/** How far in front. @param {any} element */
function levelOf(element) {
  for (let above = element; above; above = above.parentElement) {
    const index = parseInt(computed(above, 'z-index'), 10);
    if (!Number.isNaN(index) && computed(above, 'position') !== 'static') return index;
  }
  return 0;
}
