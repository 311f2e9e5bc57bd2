/**
 * Flex boxes, and grids of one item: room that is shared out among items of known sizes.
 */

import { computed } from './computed.js';
import { edge, edges, lengthOf } from './lengths.js';

/** @typedef {import('./lengths.js').Axis} Axis */
/** @typedef {import('./flow.js').Sizes} Sizes */
/** @typedef {import('./flow.js').Place} Place */

/** @param {any} element null for none */
export function isFlex(element) {
  return element !== null && /^(inline-)?flex$/.test(computed(element, 'display'));
}

/** @param {any} element */
export function isGrid(element) {
  return /^(inline-)?grid$/.test(computed(element, 'display'));
}

/** @param {any} parent @returns {Axis} the axis that items follow each other on */
function mainAxis(parent) {
  return isFlex(parent) && !/^column/.test(computed(parent, 'flex-direction')) ? 'width' : 'height';
}

/** @param {any} parent @param {any} child undefined for the size of all @param {any[]} items @param {Sizes} sizes @returns {Place} */
export function flexPlace(parent, child, items, sizes) {
  const main = mainAxis(parent);
  const cross = main === 'width' ? 'height' : 'width';
  const lengths = items.map((node) => outerSize(node, main, sizes));
  const gap = items.length > 1 ? lengthOf(parent, main === 'width' ? 'column-gap' : 'row-gap', () => 0) ?? lengthOf(parent, 'gap', () => 0) ?? 0 : 0;
  const total = lengths.reduce((/** @type {number} */ sum, length) => sum + (length ?? 0), gap * Math.max(0, items.length - 1));
  if (child === undefined) {
    const breadths = items.map((node) => outerSize(node, cross, sizes));
    const breadth = breadths.includes(undefined) ? undefined : Math.max(0, .../** @type {number[]} */ (breadths));
    const length = lengths.includes(undefined) ? undefined : total;
    return main === 'height' ? { left: 0, top: 0, width: breadth, height: length } : { left: 0, top: 0, width: length, height: breadth };
  }
  const at = items.indexOf(child);
  const before = lengths.slice(0, at).reduce((/** @type {number} */ sum, length) => sum + (length ?? 0) + gap, 0);
  const along = before + mainStart(parent, child, Math.max(0, (sizes.innerSize(parent, main) ?? total) - total), at, items.length);
  const across = crossStart(parent, child, cross, Math.max(0, (sizes.innerSize(parent, cross) ?? 0) - (outerSize(child, cross, sizes) ?? 0)));
  const [left, top] = main === 'width' ? [along, across] : [across, along];
  return { left: left + edge(child, 'margin', 'left'), top: top + edge(child, 'margin', 'top'), width: undefined, height: undefined };
}

/** @param {any} parent @param {any} child @param {number} room @param {number} at @param {number} count */
function mainStart(parent, child, room, at, count) {
  if (isFlex(parent)) return shared(computed(parent, 'justify-content'), room, at, count);
  // The only item of a grid has all of it, so that it is placed in its area or with it.
  return count === 1 ? crossStart(parent, child, 'height', room) : 0;
}

/** @param {any} parent @param {any} child @param {Axis} axis @param {number} room */
function crossStart(parent, child, axis, room) {
  const own = computed(child, isFlex(parent) || axis === 'height' ? 'align-self' : 'justify-self');
  if (own && own !== 'auto') return shared(own, room, 0, 1);
  if (isFlex(parent)) return shared(computed(parent, 'align-items'), room, 0, 1);
  return shared(itemsOf(parent, axis) ?? contentOf(parent, axis), room, 0, 1);
}

/** @param {any} grid @param {Axis} axis @returns {string|undefined} */
function itemsOf(grid, axis) {
  const [align, justify = align] = computed(grid, 'place-items').split(/\s+/);
  const said = axis === 'height' ? computed(grid, 'align-items') : computed(grid, 'justify-items');
  const found = said && said !== 'normal' ? said : axis === 'height' ? align : justify;
  return found || undefined;
}

/** @param {any} grid @param {Axis} axis */
function contentOf(grid, axis) {
  const [align, justify = align] = computed(grid, 'place-content').split(/\s+/);
  const said = axis === 'height' ? computed(grid, 'align-content') : computed(grid, 'justify-content');
  return said && said !== 'normal' ? said : (axis === 'height' ? align : justify) ?? '';
}

/** @param {any} node @param {Axis} axis @param {Sizes} sizes */
function outerSize(node, axis, sizes) {
  if (node.nodeType !== 1) return undefined;
  const size = sizes.sizeOf(node, axis);
  return size === undefined ? undefined : size + edges(node, 'margin', axis);
}

/** How much of the room comes before an item. @param {string} how @param {number} room @param {number} at @param {number} count */
function shared(how, room, at, count) {
  switch (how) {
    case 'center': return room / 2;
    case 'flex-end': case 'end': case 'right': return room;
    case 'space-between': return count > 1 ? (room / (count - 1)) * at : 0;
    case 'space-around': return (room / count) * (at + 0.5);
    case 'space-evenly': return (room / (count + 1)) * (at + 1);
    default: return 0;
  }
}

/**
 * The size that an item gets from its flex box, where its own style says none: what is left, or all across.
 * @param {any} element @param {Axis} axis @param {any[]} items of its parent @param {Sizes} sizes @returns {number|undefined}
 */
export function flexedSize(element, axis, items, sizes) {
  const parent = element.parentElement;
  if (mainAxis(parent) !== axis) return stretched(element, axis, sizes);
  const grow = growOf(element);
  const room = sizes.innerSize(parent, axis);
  if (grow === 0 || room === undefined) return undefined;
  const others = items.filter((node) => node !== element);
  const fixed = others.filter((node) => node.nodeType !== 1 || growOf(node) === 0).map((node) => outerSize(node, axis, sizes));
  if (fixed.includes(undefined)) return undefined;
  const left = room - /** @type {number[]} */ (fixed).reduce((sum, size) => sum + size, 0);
  const growing = others.filter((node) => node.nodeType === 1).reduce((sum, node) => sum + growOf(node), grow);
  return Math.max(0, (left * grow) / growing - edges(element, 'margin', axis));
}

/** @param {any} element @param {Axis} axis @param {Sizes} sizes */
function stretched(element, axis, sizes) {
  const own = computed(element, 'align-self');
  const how = own && own !== 'auto' ? own : computed(element.parentElement, 'align-items');
  if (how !== 'normal' && how !== 'stretch') return undefined;
  const whole = sizes.innerSize(element.parentElement, axis);
  return whole === undefined ? undefined : whole - edges(element, 'margin', axis);
}

/** @param {any} element */
function growOf(element) {
  const own = computed(element, 'flex-grow');
  if (own !== '') return parseFloat(own) || 0;
  const flex = computed(element, 'flex');
  return flex === 'auto' ? 1 : parseFloat(flex) || 0;
}
