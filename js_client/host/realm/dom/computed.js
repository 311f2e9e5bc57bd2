/**
 * What getComputedStyle says: an element's own style, else its style sheets, else what is inherited or usual.
 */

import { ownStyle } from './inline-style.js';
import { BORDERED, READ } from './style.js';
import { saidOf } from './stylesheets.js';

const INHERITED = new Set(['color', 'cursor', 'direction', 'font', 'font-family', 'font-size', 'font-style', 'font-weight', 'letter-spacing', 'line-height',
  'list-style', 'list-style-type', 'pointer-events', 'text-align', 'text-indent', 'text-transform', 'user-select', 'visibility', 'white-space', 'word-spacing']);

/** @type {Record<string, string>} */
const INITIAL = {
  position: 'static', visibility: 'visible', opacity: '1', 'z-index': 'auto', color: 'rgb(0, 0, 0)', 'background-color': 'rgba(0, 0, 0, 0)',
  'background-image': 'none', cursor: 'auto', direction: 'ltr', float: 'none', 'font-family': '"Times New Roman"', 'font-size': '16px',
  'font-style': 'normal', 'font-weight': '400', 'line-height': 'normal', overflow: 'visible', 'overflow-x': 'visible', 'overflow-y': 'visible',
  'pointer-events': 'auto', 'text-align': 'start', transform: 'none', 'transform-origin': '0px 0px', 'white-space': 'normal', 'box-sizing': 'content-box',
  left: 'auto', top: 'auto', right: 'auto', bottom: 'auto', 'max-width': 'none', 'max-height': 'none', 'min-width': '0px', 'min-height': '0px',
  filter: 'none', 'animation-name': 'none', 'animation-duration': '0s', 'transition-duration': '0s', 'transition-property': 'all', content: 'normal',
  'flex-direction': 'row', 'justify-content': 'normal', 'align-items': 'normal', 'touch-action': 'auto', 'user-select': 'auto', 'list-style-type': 'disc',
};
for (const side of ['top', 'right', 'bottom', 'left']) for (const kind of ['margin-*', 'padding-*', 'border-*-width']) INITIAL[kind.replace('*', side)] = '0px';
/** Words that say where else a value comes from. */
const ELSEWHERE = new Set(['inherit', 'initial', 'unset', 'revert']);

const INLINE = new Set(['a', 'abbr', 'b', 'bdi', 'bdo', 'br', 'canvas', 'cite', 'code', 'em', 'font', 'i', 'img', 'kbd', 'label', 'mark', 'q', 's', 'samp',
  'small', 'span', 'strong', 'sub', 'sup', 'svg', 'time', 'tt', 'u', 'var', 'video', 'audio', 'iframe', 'embed', 'object', 'map']);
const INLINE_BLOCKS = new Set(['button', 'input', 'select', 'textarea', 'meter', 'progress']);
const UNSHOWN = new Set(['head', 'title', 'meta', 'link', 'style', 'script', 'template', 'base', 'noscript', 'area', 'datalist', 'param', 'source', 'track']);
/** @type {Record<string, string>} */
const DISPLAYS = {
  table: 'table', tr: 'table-row', td: 'table-cell', th: 'table-cell', tbody: 'table-row-group', thead: 'table-header-group',
  tfoot: 'table-footer-group', caption: 'table-caption', col: 'table-column', colgroup: 'table-column-group', li: 'list-item',
};

/** What is said of a property for this element itself, by its style or by a sheet; '' where nothing is. @param {any} element @param {string} name @returns {string} */
export function specified(element, name) {
  const own = ownStyle(element);
  const said = saidOf(element);
  const value = own === undefined ? '' : own[READ](name);
  const isOwn = value !== '' && (!said.important.has(name) || own?.getPropertyPriority(name) === 'important');
  const found = isOwn ? value : said.values.get(name) ?? value;
  return found.includes('var(') ? withVariables(element, found) : found;
}

/** @param {any} element @param {string} name @returns {string} */
export function computed(element, name) {
  const value = specified(element, name);
  if (value !== '' && !ELSEWHERE.has(value)) return value;
  if (name === 'text-align' && value === '' && element.localName === 'center') return '-webkit-center';
  const isTaken = value === 'inherit' || (value === '' && (INHERITED.has(name) || name.startsWith('--')));
  const parent = isTaken ? element.parentElement : null;
  return parent ? computed(parent, name) : usual(element, name);
}

/** Whether anything is said of a border. @param {any} element */
export function isBordered(element) {
  return saidOf(element).isBordered || Boolean(ownStyle(element)?.[BORDERED]);
}

/** @param {any} element @param {string} name */
function usual(element, name) {
  if (name === 'display') return usualDisplay(element);
  return (name.startsWith('margin') ? usualMargin(element, name) : undefined) ?? INITIAL[name] ?? '';
}

/** @param {any} element */
function usualDisplay({ localName, hidden }) {
  if (hidden || UNSHOWN.has(localName)) return 'none';
  if (INLINE.has(localName)) return 'inline';
  return INLINE_BLOCKS.has(localName) ? 'inline-block' : DISPLAYS[localName] ?? 'block';
}

/** Headings' margins in their own font size, and that size in the page's. @type {Record<string, number>} */
const MARGIN_LINES = { h1: 21.44, h2: 19.92, h3: 18.72, h4: 21.28, h5: 22.1776, h6: 24.9776, p: 16, ul: 16, ol: 16, dl: 16, pre: 13, blockquote: 16, figure: 16 };

/** As Chrome's own style sheet has it. @param {any} element @param {string} name */
function usualMargin({ localName }, name) {
  if (localName === 'body') return '8px';
  const lines = MARGIN_LINES[localName];
  return lines !== undefined && (name === 'margin-top' || name === 'margin-bottom') ? `${lines}px` : undefined;
}

/** @param {any} element @param {string} value @param {number} [depth] @returns {string} */
function withVariables(element, value, depth = 0) {
  if (depth > 8) return '';
  /** @type {string} */
  const text = value.replace(/var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)/g, (_, name, other = '') => computed(element, name).trim() || other.trim());
  return text.includes('var(') ? withVariables(element, text, depth + 1) : text;
}

/** Whether an element or one around it is not shown at all. @param {any} element @returns {boolean} */
export function isShown(element) {
  for (let at = element; at; at = at.parentElement) if (computed(at, 'display') === 'none') return false;
  return true;
}
