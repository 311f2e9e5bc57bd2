/**
 * The normal flow, for what has known sizes: blocks one below the other, and inline boxes beside each other. Text stops
 * it: what comes after a text is where a layout would have to say.
 */

import { here } from '../web/here.js';
import { computed } from './computed.js';
import { flexPlace, isFlex, isGrid } from './flex.js';
import { childrenOf } from './links.js';
import { edge, edges, fontSize } from './lengths.js';

/** @typedef {import('./lengths.js').Axis} Axis */
/** @typedef {{sizeOf: (element: any, axis: Axis) => number|undefined, innerSize: (element: any, axis: Axis) => number|undefined}} Sizes */
/** @typedef {{left: number, top: number, width: number|undefined, height: number|undefined}} Place the sizes are those of all content */

/**
 * Where a child begins, from its parent's border on; without a child, how much the content takes.
 * @param {any} parent @param {any} child @param {Sizes} sizes @returns {Place}
 */
export function flowPlace(parent, child, sizes) {
  const left = edge(parent, 'border', 'left') + edge(parent, 'padding', 'left');
  const top = edge(parent, 'border', 'top') + edge(parent, 'padding', 'top');
  const place = isFlex(parent) || isGrid(parent) ? flexPlace(parent, child, flowItems(parent, child), sizes) : blockPlace(parent, child, sizes);
  return { ...place, left: left + place.left, top: top + place.top };
}

/** What takes part in the flow. @param {any} parent @param {any} [child] that counts in any case @returns {any[]} */
export function flowItems(parent, child) {
  return childrenOf(parent).filter((node) => node === child || isInFlow(node));
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
  const isTopOpen = hasOpenEdge(parent, 'top');
  let [top, line, left, width, margin] = [0, 0, 0, 0, 0];
  let isKnown = true;
  let isFirst = true;
  for (const node of flowItems(parent, child)) {
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
    // Margins of neighbours fall together, and a first one falls out of its parent.
    const gap = isFirst && isTopOpen ? 0 : Math.max(margin, outerMargin(node, 'top')) - margin;
    if (node === child) return placed(besides(node, parent, sizes), top + gap);
    const height = sizes.sizeOf(node, 'height');
    if (height === undefined) isKnown = false;
    width = Math.max(width, (sizes.sizeOf(node, 'width') ?? 0) + edges(node, 'margin', 'width'));
    top += gap + (height ?? 0);
    [line, left, margin] = [0, 0, outerMargin(node, 'bottom')];
    isFirst = false;
  }
  const height = top + line + (hasOpenEdge(parent, 'bottom') ? 0 : margin);
  return { left: 0, top: 0, width: isKnown ? width : undefined, height: isKnown ? height : undefined };
}

/** @param {number} left @param {number} top @returns {Place} */
function placed(left, top) {
  return { left, top, width: undefined, height: undefined };
}

/** The margin of a block, with that of its first or last child where that falls out. @param {any} element @param {'top'|'bottom'} side @returns {number} */
function outerMargin(element, side) {
  const own = edge(element, 'margin', side);
  if (!hasOpenEdge(element, side)) return own;
  const items = flowItems(element, undefined);
  const inner = side === 'top' ? items[0] : items[items.length - 1];
  return inner === undefined || isInlineBox(inner) ? own : Math.max(own, outerMargin(inner, side));
}

/** Whether nothing keeps a child's margin inside. @param {any} element @param {'top'|'bottom'} side */
function hasOpenEdge(element, side) {
  if (element.localName === 'html' || edge(element, 'padding', side) > 0 || edge(element, 'border', side) > 0) return false;
  if (side === 'bottom' && !/^(auto|)$/.test(computed(element, 'height'))) return false;
  return /^(block|list-item)$/.test(computed(element, 'display')) && computed(element, 'overflow') === 'visible' && computed(element, 'float') === 'none'
    && !/^(absolute|fixed)$/.test(computed(element, 'position')) && !isFlex(element.parentElement);
}

/** What a letter has below the line it stands on, in parts of its size. */
const DESCENT = 0.25;

/** @param {any} element @param {Sizes} sizes */
function inlineSize(element, sizes) {
  if (element.localName === 'br') return { width: 0, height: 0 };
  const [width, height] = [sizes.sizeOf(element, 'width'), sizes.sizeOf(element, 'height')];
  if (width === undefined || height === undefined) return undefined;
  const standsOnLine = here.document.compatMode === 'CSS1Compat' && /^(baseline|)$/.test(computed(element, 'vertical-align'));
  const below = standsOnLine ? Math.round(fontSize(element.parentElement) * DESCENT) : 0;
  return { width: width + edges(element, 'margin', 'width'), height: height + edges(element, 'margin', 'height') + below };
}

/** @param {any} parent @param {number|undefined} width of the only box of a line @param {Sizes} sizes */
function lineStart(parent, width, sizes) {
  const align = computed(parent, 'text-align');
  const room = (sizes.innerSize(parent, 'width') ?? 0) - (width ?? 0);
  if (room <= 0 || width === undefined || flowItems(parent).length > 1) return 0;
  if (/center/.test(align)) return room / 2;
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
