/**
 * Sizes and places of elements, as far as styles, attributes and the flow of known sizes say them.
 *
 * What has been found out is kept as long as nothing has changed that it may depend on: `here.changes` and
 * `here.shapes` for sizes, `here.moves` for places as well.
 */

import { here } from '../web/here.js';
import { computed, isShown } from './computed.js';
import { flexedSize, isFlex } from './flex.js';
import { flowItems, flowPlace } from './flow.js';
import { edge, edges, lengthOf } from './lengths.js';
import { naturalSize } from './natural-sizes.js';

/** @typedef {import('./lengths.js').Axis} Axis */

const SIDES = { width: ['left', 'right'], height: ['top', 'bottom'] };

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

/** @type {Place} */
const CORNER = { left: 0, top: 0 };

/** @param {any} element @returns {Measures} */
function measuresOf(element) {
  const age = here.changes + here.shapes;
  /** @type {Measures|undefined} */
  const known = element[MEASURED];
  if (known?.age === age) return known;
  const fresh = { age, width: UNMEASURED, height: UNMEASURED, isShown: undefined, flow: undefined, at: -1, place: CORNER };
  element[MEASURED] = fresh;
  return fresh;
}

/** @param {any} element */
export function isVisible(element) {
  const measures = measuresOf(element);
  return (measures.isShown ??= isShown(element));
}

/** From border to border; undefined where only a layout would know. @param {any} element @param {Axis} axis @returns {number|undefined} */
export function sizeOf(element, axis) {
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
  const said = lengthOf(element, axis, whole);
  const around = edges(element, 'padding', axis) + edges(element, 'border', axis);
  const more = computed(element, 'box-sizing') === 'border-box' ? 0 : around;
  const size = said === undefined ? unsaidSize(element, axis, around) : said + more;
  if (size === undefined) return undefined;
  const most = (lengthOf(element, `max-${axis}`, whole) ?? Infinity) + more;
  const least = (lengthOf(element, `min-${axis}`, whole) ?? 0) + more;
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
    const [start, end] = SIDES[axis].map((side) => lengthOf(element, side, () => whole));
    // From now on what moves an element may change its size.
    if (start !== undefined && end !== undefined) here.isStretched = true;
    if (start !== undefined && end !== undefined) return Math.max(0, whole - start - end - edges(element, 'margin', axis));
  } else if (axis === 'width' && fillsWidth(element)) {
    return Math.max(0, roomFor(element, axis) - edges(element, 'margin', axis));
  }
  if (isFlex(element.parentElement) && !isOutOfFlow(element)) {
    const flexed = flexedSize(element, axis, flowItems(element.parentElement), SIZES);
    if (flexed !== undefined) return flexed;
  }
  const content = flowPlace(element, undefined, SIZES)[axis];
  return content === undefined ? undefined : content + around;
}

/** A picture keeps its shape where only the other side is said. @param {any} element @param {Axis} axis @param {{width: number, height: number}} natural */
function shapedSize(element, axis, natural) {
  const other = axis === 'width' ? 'height' : 'width';
  const said = lengthOf(element, other, () => roomFor(element, other));
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
  return !isFlex(parent);
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
export function containerOf(element) {
  if (computed(element, 'position') === 'fixed') return null;
  let above = element.parentElement;
  while (above && computed(above, 'position') === 'static' && computed(above, 'transform') === 'none') above = above.parentElement;
  return above ?? null;
}

/** Of the border's corner, from the corner of the document, as if nothing were transformed. @param {any} element @returns {Place} */
export function placeOf(element) {
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
  if (parent === null) return CORNER;
  return isOutOfFlow(element) ? placeOutOfFlow(element) : placeInFlow(element, parent);
}

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
  return lengthOf(element, start, () => whole) ?? -(lengthOf(element, end, () => whole) ?? 0);
}

/** @param {any} element */
function placeOutOfFlow(element) {
  const container = containerOf(element);
  const from = container === null ? CORNER : placeOf(container);
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
  const from = lengthOf(element, start, () => whole);
  const to = lengthOf(element, end, () => whole);
  const isCentred = from !== undefined && to !== undefined && SIDES[axis].every((side) => computed(element, `margin-${side}`) === 'auto');
  if (isCentred) return from + Math.max(0, whole - from - to - (sizeOf(element, axis) ?? 0)) / 2;
  if (from !== undefined) return from + edge(element, 'margin', start);
  return to === undefined ? undefined : whole - to - edge(element, 'margin', end) - (sizeOf(element, axis) ?? 0);
}
