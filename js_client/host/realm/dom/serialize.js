/**
 * Nodes as HTML, and the text within them.
 */

import { childrenOf, following } from './links.js';

export const VOID_TAGS = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr']);
const RAW_TAGS = new Set(['script', 'style', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext']);

/** @param {any} node @returns {string} */
export function innerHtml(node) {
  return childrenOf(node.localName === 'template' ? node.content : node).map(outerHtml).join('');
}

/** @param {any} node @returns {string} */
export function outerHtml(node) {
  switch (node.nodeType) {
    case 1: return elementHtml(node);
    case 3: return RAW_TAGS.has(node.parentNode?.localName) ? node.data : escapedText(node.data);
    case 8: return `<!--${node.data}-->`;
    case 10: return `<!DOCTYPE ${node.name}>`;
    default: return innerHtml(node);
  }
}

/** @param {any} element */
function elementHtml(element) {
  const attributes = element.getAttributeNames().map((/** @type {string} */ name) => ` ${name}="${escapedAttribute(element.getAttribute(name))}"`).join('');
  const tag = element.localName;
  return VOID_TAGS.has(tag) ? `<${tag}${attributes}>` : `<${tag}${attributes}>${innerHtml(element)}</${tag}>`;
}

/** @param {string} text */
function escapedText(text) {
  return text.replace(/&/g, '&amp;').replace(/\u00a0/g, '&nbsp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** @param {string} text */
function escapedAttribute(text) {
  return text.replace(/&/g, '&amp;').replace(/\u00a0/g, '&nbsp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** @param {any} root @returns {string} */
export function textWithin(root) {
  const only = root.firstChild;
  if (only === null) return '';
  if (only.nextSibling === null && only.nodeType === 3) return only.data;
  let text = '';
  for (let node = following(root, root); node !== null; node = following(node, root)) if (node.nodeType === 3) text += node.data;
  return text;
}

const BLOCKS = new Set(['div', 'li', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'section', 'article', 'header', 'footer', 'table', 'tr', 'form', 'pre']);

/** Signs for breaks that fall together where blocks meet. */
const [BLOCK, PARAGRAPH] = ['\f', '\v'];

/** About what a reader sees: spaces as one, a line for each block, nothing of scripts. @param {any} root @returns {string} */
export function visibleText(root) {
  const only = root.firstChild;
  if (only !== null && only.nextSibling === null && only.nodeType === 3) return only.data.replace(/\s+/g, ' ').trim();
  return rawVisibleText(root).replace(/ *([\n\f\v]) */g, '$1').replace(/[\f\v]+/g, (breaks) => (breaks.includes(PARAGRAPH) ? '\n\n' : '\n')).replace(/ +/g, ' ').trim();
}

/** @param {any} node @returns {string} */
function rawVisibleText(node) {
  if (node.nodeType === 3) return node.data.replace(/\s+/g, ' ');
  if (node.nodeType !== 1 || RAW_TAGS.has(node.localName)) return '';
  if (node.localName === 'br') return '\n';
  const text = childrenOf(node).map(rawVisibleText).join('');
  if (node.localName === 'p') return PARAGRAPH + text + PARAGRAPH;
  return BLOCKS.has(node.localName) ? BLOCK + text + BLOCK : text;
}
