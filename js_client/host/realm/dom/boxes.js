/**
 * Boxes of elements: how large they are and where, as far as styles, attributes and the flow of known sizes say it.
 *
 * Text has no size here. Whoever asks for what only a browser's layout knows gets 0, and that is in the report.
 */

import { here, needsBrowser } from '../web/here.js';
import { computed, isShown } from './computed.js';
import { flowPlace } from './flow.js';
import { edge, edges, pixels, translation } from './lengths.js';
import { elementsBelow } from './links.js';
import { naturalSize } from './natural-sizes.js';

/** @typedef {import('./lengths.js').Axis} Axis */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/** @type {Box} */
const NOWHERE = { left: 0, top: 0, width: 0, height: 0 };
const SIDES = { width: ['left', 'right'], height: ['top', 'bottom'] };

/** With borders, from the corner of the screen. @param {any} element @param {string} [asked] by what name @returns {Box} */
export function boxOf(element, asked = 'getBoundingClientRect') {
  if (!element.isConnected || !isVisible(element)) return NOWHERE;
  const [width, height] = [sizeOf(element, 'width'), sizeOf(element, 'height')];
  if (width === undefined || height === undefined) needsBrowser(`${asked} of <${element.localName}>: its size comes from the layout`);
  return { ...placeOf(element), width: width ?? 0, height: height ?? 0 };
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
  const from = parent === body || parent === null ? NOWHERE : placeOf(parent);
  return { left: left - from.left, top: top - from.top, parent };
}

/** What is being measured, by axis: a size that depends on itself is none. */
const measuring = { width: new Set(), height: new Set() };
/** Counts sizes that were none because they depend on themselves: what they went into holds only there. */
let cuts = 0;

/** Of an element: what is known of its box, as long as nothing has changed. */
const MEASURED = Symbol('measured');
/** Not measured yet; undefined is a result. */
const UNMEASURED = NaN;

/** @typedef {{age: number, width: number|undefined, height: number|undefined, isShown: boolean|undefined, flow: Place|undefined, at: number, place: Place}} Measures */
/** @typedef {{left: number, top: number}} Place */

/** @param {any} element @returns {Measures} */
function measuresOf(element) {
  const age = here.changes + here.shapes;
  /** @type {Measures|undefined} */
  const known = element[MEASURED];
  if (known?.age === age) return known;
  const fresh = { age, width: UNMEASURED, height: UNMEASURED, isShown: undefined, flow: undefined, at: -1, place: NOWHERE };
  element[MEASURED] = fresh;
  return fresh;
}

/** @param {any} element */
function isVisible(element) {
  const measures = measuresOf(element);
  return (measures.isShown ??= isShown(element));
}

/** From border to border; undefined where only a layout would know. @param {any} element @param {Axis} axis @returns {number|undefined} */
function sizeOf(element, axis) {
  const measures = measuresOf(element);
  const known = measures[axis];
  if (known === undefined || !Number.isNaN(known)) return known;
  if (measuring[axis].has(element)) {
    cuts += 1;
    return undefined;
  }
  const before = cuts;
  measuring[axis].add(element);
  const size = measuredSize(element, axis);
  measuring[axis].delete(element);
  if (cuts === before || measuring.width.size + measuring.height.size === 0) measures[axis] = size;
  return size;
}

/** @param {any} element @param {Axis} axis @returns {number|undefined} */
function measuredSize(element, axis) {
  if (element === here.document.documentElement && axis === 'width') return here.kernel.screen.width;
  const whole = () => roomFor(element, axis);
  const said = pixels(computed(element, axis), whole);
  const around = edges(element, 'padding', axis) + edges(element, 'border', axis);
  const more = computed(element, 'box-sizing') === 'border-box' ? 0 : around;
  const size = said === undefined ? unsaidSize(element, axis, around) : said + more;
  if (size === undefined) return undefined;
  const most = (pixels(computed(element, `max-${axis}`), whole) ?? Infinity) + more;
  const least = (pixels(computed(element, `min-${axis}`), whole) ?? 0) + more;
  return Math.max(least, Math.min(most, size));
}

/** Within the padding: what children fill. @param {any} element @param {Axis} axis @returns {number|undefined} */
function innerSize(element, axis) {
  const size = sizeOf(element, axis);
  return size === undefined ? undefined : Math.max(0, size - edges(element, 'padding', axis) - edges(element, 'border', axis));
}

const SIZES = { sizeOf, innerSize };

/** @param {any} element @param {Axis} axis @param {number} around what borders and paddings take @returns {number|undefined} */
function unsaidSize(element, axis, around) {
  const natural = naturalSize(element);
  if (natural) return shapedSize(element, axis, natural) + around;
  if (isOutOfFlow(element)) {
    const whole = roomFor(element, axis);
    const [start, end] = SIDES[axis].map((side) => pixels(computed(element, side), () => whole));
    // From now on what moves an element may change its size.
    if (start !== undefined && end !== undefined) here.isStretched = true;
    if (start !== undefined && end !== undefined) return Math.max(0, whole - start - end - edges(element, 'margin', axis));
  } else if (axis === 'width' && fillsWidth(element)) {
    return Math.max(0, roomFor(element, axis) - edges(element, 'margin', axis));
  }
  const content = flowPlace(element, undefined, SIZES)[axis];
  return content === undefined ? undefined : content + around;
}

/** A picture keeps its shape where only the other side is said. @param {any} element @param {Axis} axis @param {{width: number, height: number}} natural */
function shapedSize(element, axis, natural) {
  const other = axis === 'width' ? 'height' : 'width';
  const said = pixels(computed(element, other), () => roomFor(element, other));
  return said !== undefined && natural[other] > 0 ? (natural[axis] / natural[other]) * said : natural[axis];
}

/** @param {any} element */
function fillsWidth(element) {
  if (computed(element, 'float') !== 'none' || !/^(block|flex|grid|list-item)$/.test(computed(element, 'display'))) return false;
  const parent = element.parentElement;
  // A parent that is as wide as its content is not filled.
  if (measuring.width.has(parent)) {
    cuts += 1;
    return false;
  }
  if (parent === null || !/flex/.test(computed(parent, 'display'))) return true;
  return /^column/.test(computed(parent, 'flex-direction')) && /^(normal|stretch)$/.test(computed(parent, 'align-items'));
}

/** @param {any} element */
function isOutOfFlow(element) {
  return /^(absolute|fixed)$/.test(computed(element, 'position'));
}

/** What a percentage is of. @param {any} element @param {Axis} axis @returns {number} */
function roomFor(element, axis) {
  if (isOutOfFlow(element)) return paddingSize(containerOf(element), axis);
  const parent = element.parentElement;
  if (parent === null) return here.kernel.screen[axis];
  if (axis === 'width') return innerSize(parent, axis) ?? 0;
  // The height of a block comes from its content, unless it is said.
  return computed(parent, axis) === '' || computed(parent, axis) === 'auto' ? 0 : innerSize(parent, axis) ?? 0;
}

/** @param {any} container null for the screen @param {Axis} axis */
function paddingSize(container, axis) {
  return container === null ? here.kernel.screen[axis] : Math.max(0, (sizeOf(container, axis) ?? 0) - edges(container, 'border', axis));
}

/** What an element is placed in; null for the screen. @param {any} element @returns {any} */
function containerOf(element) {
  if (computed(element, 'position') === 'fixed') return null;
  let above = element.parentElement;
  while (above && computed(above, 'position') === 'static' && computed(above, 'transform') === 'none') above = above.parentElement;
  return above ?? null;
}

/** Of the border's corner, from the corner of the screen. @param {any} element @returns {Place} */
function placeOf(element) {
  const measures = measuresOf(element);
  if (measures.at !== here.moves) {
    measures.place = foundPlace(element);
    measures.at = here.moves;
  }
  return measures.place;
}

/** @param {any} element @returns {Place} */
function foundPlace(element) {
  const parent = element.parentElement;
  if (parent === null) return NOWHERE;
  const transform = computed(element, 'transform');
  const moved = transform === 'none' ? STILL : translation(transform, { width: sizeOf(element, 'width') ?? 0, height: sizeOf(element, 'height') ?? 0 });
  const { left, top } = isOutOfFlow(element) ? placeOutOfFlow(element) : placeInFlow(element, parent);
  return { left: left + moved.x, top: top + moved.y };
}

const STILL = { x: 0, y: 0 };

/** Within its parent, as if it were not moved. @param {any} parent @param {any} element @returns {Place} */
function flowOf(parent, element) {
  const measures = measuresOf(element);
  return (measures.flow ??= flowPlace(parent, element, SIZES));
}

/** @param {any} element @param {any} parent */
function placeInFlow(element, parent) {
  const from = placeOf(parent);
  const place = flowOf(parent, element);
  const isMoved = computed(element, 'position') === 'relative';
  const x = isMoved ? sideways(element, 'left', 'right', roomFor(element, 'width')) : 0;
  const y = isMoved ? sideways(element, 'top', 'bottom', roomFor(element, 'height')) : 0;
  return { left: from.left + place.left + x, top: from.top + place.top + y };
}

/** @param {any} element @param {string} start @param {string} end @param {number} whole */
function sideways(element, start, end, whole) {
  return pixels(computed(element, start), () => whole) ?? -(pixels(computed(element, end), () => whole) ?? 0);
}

/** @param {any} element */
function placeOutOfFlow(element) {
  const container = containerOf(element);
  const from = container === null ? NOWHERE : placeOf(container);
  const inset = (/** @type {string} */ side) => (container === null ? 0 : edge(container, 'border', side));
  const flow = () => {
    const parent = element.parentElement;
    const corner = placeOf(parent);
    const place = flowOf(parent, element);
    return { left: corner.left + place.left, top: corner.top + place.top };
  };
  const left = placeAlong(element, 'left', 'right', 'width', paddingSize(container, 'width'));
  const top = placeAlong(element, 'top', 'bottom', 'height', paddingSize(container, 'height'));
  return {
    left: left === undefined ? flow().left : from.left + inset('left') + left,
    top: top === undefined ? flow().top : from.top + inset('top') + top,
  };
}

/** @param {any} element @param {string} start @param {string} end @param {Axis} axis @param {number} whole @returns {number|undefined} */
function placeAlong(element, start, end, axis, whole) {
  const from = pixels(computed(element, start), () => whole);
  const to = pixels(computed(element, end), () => whole);
  const isCentred = from !== undefined && to !== undefined && SIDES[axis].every((side) => computed(element, `margin-${side}`) === 'auto');
  if (isCentred) return from + Math.max(0, whole - from - to - (sizeOf(element, axis) ?? 0)) / 2;
  if (from !== undefined) return from + edge(element, 'margin', start);
  return to === undefined ? undefined : whole - to - edge(element, 'margin', end) - (sizeOf(element, axis) ?? 0);
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
  const { left, top } = placeOf(element);
  return x >= left && x < left + width && y >= top && y < top + height;
}

/** How far in front. @param {any} element */
function levelOf(element) {
  for (let above = element; above; above = above.parentElement) {
    const index = parseInt(computed(above, 'z-index'), 10);
    if (!Number.isNaN(index) && computed(above, 'position') !== 'static') return index;
  }
  return 0;
}
