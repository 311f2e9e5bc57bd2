/**
 * The normal flow, for what has known sizes: blocks one below the other, inline boxes beside each other, and flex boxes
 * with room to share out. Text stops it: what comes after a text is where a layout would have to say.
 */

import { computed } from './computed.js';
import { childrenOf } from './links.js';
import { edge, edges } from './lengths.js';

/** @typedef {'width'|'height'} Axis */
/** @typedef {{sizeOf: (element: any, axis: Axis) => number|undefined, innerSize: (element: any, axis: Axis) => number|undefined}} Sizes */
/** @typedef {{left: number, top: number, width: number|undefined, height: number|undefined}} Place the sizes are those of all content */

/**
 * Where a child begins, from its parent's border on; without a child, how much the content takes.
 * @param {any} parent @param {any} child @param {Sizes} sizes @returns {Place}
 */
export function flowPlace(parent, child, sizes) {
  const origin = { left: edge(parent, 'border', 'left') + edge(parent, 'padding', 'left'), top: edge(parent, 'border', 'top') + edge(parent, 'padding', 'top') };
  const display = computed(parent, 'display');
  const place = /^(inline-)?(flex|grid)$/.test(display) ? flexPlace(parent, child, sizes) : blockPlace(parent, child, sizes);
  return { ...place, left: origin.left + place.left, top: origin.top + place.top };
}

/** @param {any} node */
function isInFlow(node) {
  if (node.nodeType === 3) return /\S/.test(node.data);
  if (node.nodeType !== 1) return false;
  return computed(node, 'display') !== 'none' && !/^(absolute|fixed)$/.test(computed(node, 'position'));
}

/** @param {any} node */
function isInlineBox(node) {
  return node.nodeType === 3 || (computed(node, 'display').startsWith('inline') && computed(node, 'float') === 'none');
}

/** @param {any} parent @param {any} child @param {Sizes} sizes @returns {Place} */
function blockPlace(parent, child, sizes) {
  const isTopOpen = hasOpenTop(parent);
  let [top, line, left, width, margin] = [0, 0, 0, 0, 0];
  let isKnown = true;
  let isFirst = true;
  for (const node of childrenOf(parent)) {
    if (node !== child && !isInFlow(node)) continue;
    if (isInlineBox(node)) {
      const size = node.nodeType === 3 ? undefined : inlineSize(node, sizes);
      if (node === child) return placed(left + edge(node, 'margin', 'left') + lineStart(parent, size?.width, sizes), top + margin + edge(node, 'margin', 'top'));
      if (size === undefined) isKnown = false;
      line = Math.max(line, size?.height ?? 0);
      left += size?.width ?? 0;
      width = Math.max(width, left);
      isFirst = false;
      continue;
    }
    top += margin + line;
    if (line > 0) margin = 0;
    const above = edge(node, 'margin', 'top');
    // Margins of neighbours fall together, and a first one falls out of its parent.
    const gap = isFirst && isTopOpen ? 0 : Math.max(margin, above) - margin;
    if (node === child) return placed(besides(node, parent, sizes), top + gap);
    const height = sizes.sizeOf(node, 'height');
    if (height === undefined) isKnown = false;
    width = Math.max(width, (sizes.sizeOf(node, 'width') ?? 0) + edges(node, 'margin', 'width'));
    top += gap + (height ?? 0);
    [line, left, margin] = [0, 0, edge(node, 'margin', 'bottom')];
    isFirst = false;
  }
  const height = top + line + (isTopOpen ? 0 : margin);
  return { left: 0, top: 0, width: isKnown ? width : undefined, height: isKnown ? height : undefined };
}

/** @param {number} left @param {number} top @returns {Place} */
function placed(left, top) {
  return { left, top, width: undefined, height: undefined };
}

/** Whether nothing keeps a first child's margin inside. @param {any} parent */
function hasOpenTop(parent) {
  if (parent.localName === 'html' || edge(parent, 'padding', 'top') > 0 || edge(parent, 'border', 'top') > 0) return false;
  return computed(parent, 'display') === 'block' && computed(parent, 'overflow') === 'visible' && computed(parent, 'position') !== 'absolute' && computed(parent, 'float') === 'none';
}

/** @param {any} element @param {Sizes} sizes */
function inlineSize(element, sizes) {
  if (element.localName === 'br') return { width: 0, height: 0 };
  const [width, height] = [sizes.sizeOf(element, 'width'), sizes.sizeOf(element, 'height')];
  if (width === undefined || height === undefined) return undefined;
  return { width: width + edges(element, 'margin', 'width'), height: height + edges(element, 'margin', 'height') };
}

/** @param {any} parent @param {number|undefined} width of the only box of a line @param {Sizes} sizes */
function lineStart(parent, width, sizes) {
  const align = computed(parent, 'text-align');
  const room = (sizes.innerSize(parent, 'width') ?? 0) - (width ?? 0);
  if (room <= 0 || width === undefined || childrenOf(parent).filter(isInFlow).length > 1) return 0;
  if (/center/.test(align) || parent.localName === 'center') return room / 2;
  return align === 'right' || align === 'end' ? room : 0;
}

/** @param {any} element a block @param {any} parent @param {Sizes} sizes */
function besides(element, parent, sizes) {
  const isLeftAuto = computed(element, 'margin-left') === 'auto';
  const isRightAuto = computed(element, 'margin-right') === 'auto';
  const room = (sizes.innerSize(parent, 'width') ?? 0) - (sizes.sizeOf(element, 'width') ?? 0);
  if (computed(element, 'float') === 'right') return Math.max(0, room - edge(element, 'margin', 'right'));
  if (!isLeftAuto) return edge(element, 'margin', 'left');
  return Math.max(0, isRightAuto ? room / 2 : room - edge(element, 'margin', 'right'));
}

/** @param {any} parent @param {any} child @param {Sizes} sizes @returns {Place} */
function flexPlace(parent, child, sizes) {
  const isColumn = /^column/.test(computed(parent, 'flex-direction')) || /grid/.test(computed(parent, 'display'));
  const [main, cross] = /** @type {[Axis, Axis]} */ (isColumn ? ['height', 'width'] : ['width', 'height']);
  const items = childrenOf(parent).filter((node) => node === child || isInFlow(node));
  const lengths = items.map((node) => (node.nodeType === 3 ? undefined : outerSize(node, main, sizes)));
  const breadths = items.map((node) => (node.nodeType === 3 ? undefined : outerSize(node, cross, sizes)));
  const total = lengths.reduce((/** @type {number} */ sum, length) => sum + (length ?? 0), 0);
  if (child === undefined) {
    const breadth = breadths.includes(undefined) ? undefined : Math.max(0, .../** @type {number[]} */ (breadths));
    const length = lengths.includes(undefined) ? undefined : total;
    return isColumn ? { left: 0, top: 0, width: breadth, height: length } : { left: 0, top: 0, width: length, height: breadth };
  }
  const at = items.indexOf(child);
  const before = lengths.slice(0, at).reduce((/** @type {number} */ sum, length) => sum + (length ?? 0), 0);
  const room = Math.max(0, (sizes.innerSize(parent, main) ?? total) - total);
  const along = before + shared(computed(parent, 'justify-content'), room, at, items.length) + edge(child, 'margin', isColumn ? 'top' : 'left');
  const spare = Math.max(0, (sizes.innerSize(parent, cross) ?? 0) - (breadths[at] ?? 0));
  const own = computed(child, 'align-self');
  const across = shared(own && own !== 'auto' ? own : computed(parent, 'align-items'), spare, 0, 1) + edge(child, 'margin', isColumn ? 'left' : 'top');
  return isColumn ? placed(across, along) : placed(along, across);
}

/** @param {any} element @param {Axis} axis @param {Sizes} sizes */
function outerSize(element, axis, sizes) {
  const size = sizes.sizeOf(element, axis);
  return size === undefined ? undefined : size + edges(element, 'margin', axis);
}

/** How much of the room comes before an item. @param {string} how @param {number} room @param {number} at @param {number} count */
function shared(how, room, at, count) {
  switch (how) {
    case 'center': return room / 2;
    case 'flex-end': case 'end': return room;
    case 'space-between': return count > 1 ? (room / (count - 1)) * at : 0;
    case 'space-around': return (room / count) * (at + 0.5);
    case 'space-evenly': return (room / (count + 1)) * (at + 1);
    default: return 0;
  }
}
