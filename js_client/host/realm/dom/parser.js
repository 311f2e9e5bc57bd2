/**
 * HTML into nodes: small and forgiving. End tags of p, li, option, table parts and their like may be left out;
 * scripts, styles, textareas and titles hold raw text; html, head and body come by themselves in a document.
 *
 * The parser of a document stops after each script for whoever runs it, so that a script sees the document as far as it
 * has been read, and may write into it.
 */

import { withoutEntities } from './entities.js';
import { VOID_TAGS } from './serialize.js';

/** @typedef {{html: string, at: number, open: any[], document: any, root: any, isDocument: boolean, stage: 'start'|'head'|'body', onScript: (script: any) => void}} Parser */

const RAW_TEXT = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes']);
const WITH_ENTITIES = new Set(['textarea', 'title']);
const IN_HEAD = new Set(['base', 'link', 'meta', 'script', 'style', 'title', 'noscript', 'template']);
const SVG_SPACE = 'http://www.w3.org/2000/svg';

/** Which open elements a tag closes before it opens, and within what. @type {Record<string, {closes: Set<string>, within: Set<string>}>} */
const CLOSING_TAGS = {};
const LIST_TAGS = new Set(['ul', 'ol', 'menu', 'dl']);
const TABLE_TAGS = new Set(['table', 'template']);
/** @param {string} tags @param {string} closed @param {Set<string>} within */
function tagsClosing(tags, closed, within) {
  for (const tag of tags.split(' ')) CLOSING_TAGS[tag] = { closes: new Set(closed.split(' ')), within };
}
tagsClosing('li', 'li', LIST_TAGS);
tagsClosing('dt dd', 'dt dd', LIST_TAGS);
tagsClosing('option', 'option', new Set(['select', 'optgroup', 'datalist']));
tagsClosing('optgroup', 'option optgroup', new Set(['select']));
tagsClosing('td th', 'td th', new Set(['tr', 'table', 'template']));
tagsClosing('tr', 'td th tr', TABLE_TAGS);
tagsClosing('tbody thead tfoot', 'td th tr tbody thead tfoot caption colgroup', TABLE_TAGS);
tagsClosing('address article aside blockquote center details dialog dir div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav '
  + 'ol p pre section table ul', 'p', new Set(['button', 'td', 'th', 'table', 'caption', 'object', 'template']));

/** Reads HTML into a parent, as innerHTML does: scripts in it never run. @param {any} parent @param {string} html @param {any} context the element it is for */
export function parseFragment(parent, html, context) {
  const document = context.ownerDocument;
  if (!/[<&]/.test(html)) {
    if (html !== '') parent.appendChild(document.createTextNode(html));
    return;
  }
  const fragment = document.createDocumentFragment();
  const parser = newParser(document, fragment, html, (script) => script.neverRuns());
  parser.stage = 'body';
  parseOn(parser);
  // At once, so that pictures and styles come into a whole tree.
  parent.appendChild(fragment);
}

/** @param {any} document @param {string} html @param {(script: any) => void} onScript @returns {Parser} */
export function documentParser(document, html, onScript) {
  return { ...newParser(document, document, html, onScript), isDocument: true };
}

/** @param {any} document @param {any} root @param {string} html @param {(script: any) => void} onScript @returns {Parser} */
function newParser(document, root, html, onScript) {
  return { html, at: 0, open: [root], document, root, isDocument: false, stage: 'start', onScript };
}

/** @param {Parser} parser @param {string} html what a script writes, read next */
export function writeInto(parser, html) {
  parser.html = html + parser.html.slice(parser.at);
  parser.at = 0;
}

/** Reads on, to the end. @param {Parser} parser */
export function parseOn(parser) {
  while (parser.at < parser.html.length) readToken(parser);
  if (parser.isDocument) bodyOf(parser);
}

/** @param {Parser} parser */
function readToken(parser) {
  const { html, at } = parser;
  if (html[at] !== '<') return readText(parser, indexOrEnd(html, '<', at));
  if (html.startsWith('<!--', at)) return readComment(parser);
  if (/^<\/[a-z]/i.test(html.slice(at, at + 3))) return readEndTag(parser);
  if (/^<[a-z]/i.test(html.slice(at, at + 2))) return readStartTag(parser);
  if (html[at + 1] === '!' || html[at + 1] === '?') return readDeclaration(parser);
  return readText(parser, indexOrEnd(html, '<', at + 1));
}

/** @param {string} html @param {string} sign @param {number} from */
function indexOrEnd(html, sign, from) {
  const at = html.indexOf(sign, from);
  return at < 0 ? html.length : at;
}

/** @param {Parser} parser @param {number} end */
function readText(parser, end) {
  const text = parser.html.slice(parser.at, end);
  parser.at = end;
  const isBlank = !/\S/.test(text);
  if (inFrame(parser) && parser.stage !== 'body') {
    if (isBlank && parser.stage === 'start') return;
    if (!isBlank) bodyOf(parser);
  }
  const parent = contentOfLast(parser);
  if (isBlank && parent.nodeType === 9) return;
  parent.appendChild(parser.document.createTextNode(withoutEntities(text)));
}

/** @param {Parser} parser */
function readComment(parser) {
  const end = parser.html.indexOf('-->', parser.at + 4);
  const text = parser.html.slice(parser.at + 4, end < 0 ? undefined : end);
  parser.at = end < 0 ? parser.html.length : end + 3;
  contentOfLast(parser).appendChild(parser.document.createComment(text));
}

/** @param {Parser} parser */
function readDeclaration(parser) {
  const end = indexOrEnd(parser.html, '>', parser.at);
  const name = /^<!doctype\s+([^\s>]+)/i.exec(parser.html.slice(parser.at, end + 1))?.[1];
  parser.at = end + 1;
  if (name && parser.isDocument && !parser.document.doctype) parser.document.appendChild(parser.document.implementation.createDocumentType(name.toLowerCase()));
}

/** @param {Parser} parser */
function readEndTag(parser) {
  const [whole, name] = /** @type {RegExpExecArray} */ (/^<\/([^\s>/]+)[^>]*>?/.exec(parser.html.slice(parser.at, indexOrEnd(parser.html, '>', parser.at) + 1)));
  parser.at += whole.length;
  const tag = name.toLowerCase();
  if (parser.isDocument && (tag === 'body' || tag === 'html')) return;
  if (parser.isDocument && tag === 'head') return endHead(parser);
  const at = parser.open.findLastIndex((element) => element.localName?.toLowerCase() === tag);
  if (at > 0 && !(parser.isDocument && at < 2)) parser.open.length = at;
  else if (tag === 'br' || tag === 'p') openElement(parser, tag, [], true);
}

/** @param {Parser} parser */
function endHead(parser) {
  if (parser.stage === 'head') parser.open.length = 2;
}

const ATTRIBUTE_PATTERN = /[\s/]*([^\s=>/][^\s=>/]*|=[^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y;
const TAG_END = /[\s/]*>/y;

/** @param {Parser} parser */
function readStartTag(parser) {
  const { html } = parser;
  const name = /** @type {RegExpExecArray} */ (/^[^\s/>]+/.exec(html.slice(parser.at + 1, parser.at + 80)))[0];
  parser.at += 1 + name.length;
  /** @type {[string, string][]} */
  const attributes = [];
  for (;;) {
    TAG_END.lastIndex = parser.at;
    const end = TAG_END.exec(html);
    if (end) {
      parser.at += end[0].length;
      return openElement(parser, name, attributes, end[0].includes('/'));
    }
    ATTRIBUTE_PATTERN.lastIndex = parser.at;
    const found = ATTRIBUTE_PATTERN.exec(html);
    if (!found) {
      parser.at = html.length;
      return;
    }
    parser.at += found[0].length;
    attributes.push([found[1], withoutEntities(found[2] ?? found[3] ?? found[4] ?? '')]);
  }
}

/** @param {Parser} parser @param {string} name @param {[string, string][]} attributes @param {boolean} isClosed */
function openElement(parser, name, attributes, isClosed) {
  const space = openedLast(parser).namespaceURI === SVG_SPACE && openedLast(parser).localName !== 'foreignObject' ? SVG_SPACE : name.toLowerCase() === 'svg' ? SVG_SPACE : undefined;
  const tag = space ? name : name.toLowerCase();
  if (inFrame(parser) && joinsFrame(parser, tag, attributes)) return;
  if (!space) makeRoomFor(parser, tag);
  const element = space ? parser.document.createElementNS(space, tag) : parser.document.createElement(tag);
  for (const [key, value] of attributes) if (!element.hasAttribute(key)) element.setAttribute(key, value);
  const isRaw = !space && RAW_TEXT.has(tag);
  const text = isRaw ? rawText(parser, tag) : '';
  // Text first: a style or a script that comes into the document has its content then.
  if (text !== '') element.appendChild(parser.document.createTextNode(WITH_ENTITIES.has(tag) ? withoutEntities(text) : text));
  if (tag === 'script' && !space) return readScript(parser, element);
  contentOfLast(parser).appendChild(element);
  if (!isRaw && !VOID_TAGS.has(tag) && !(space && isClosed)) parser.open.push(element);
  else if (parser.isDocument && parser.stage === 'start') parser.stage = 'head';
}

/** @param {Parser} parser @param {any} script */
function readScript(parser, script) {
  script.isParsed();
  const isInert = !parser.isDocument || parser.open.some(({ localName }) => localName === 'template');
  if (isInert) script.neverRuns();
  contentOfLast(parser).appendChild(script);
  if (!isInert) parser.onScript(script);
}

/** @param {Parser} parser @param {string} tag */
function rawText(parser, tag) {
  const end = new RegExp(`</${tag}(?=[\\s/>])`, 'ig');
  end.lastIndex = parser.at;
  const found = end.exec(parser.html);
  const text = parser.html.slice(parser.at, found?.index);
  parser.at = found ? indexOrEnd(parser.html, '>', found.index) + 1 : parser.html.length;
  return tag === 'textarea' ? text.replace(/^\r?\n/, '') : text;
}

/** html, head and body are there once. @param {Parser} parser @param {string} tag @param {[string, string][]} attributes @returns {boolean} whether the tag was one of them */
function joinsFrame(parser, tag, attributes) {
  if (tag === 'html' || tag === 'body') {
    const element = tag === 'html' ? htmlOf(parser) : bodyOf(parser);
    for (const [key, value] of attributes) if (!element.hasAttribute(key)) element.setAttribute(key, value);
    return true;
  }
  if (parser.stage === 'body') return false;
  if (tag === 'head' || IN_HEAD.has(tag)) {
    headOf(parser);
    return tag === 'head';
  }
  bodyOf(parser);
  return false;
}

/** @param {Parser} parser */
function htmlOf(parser) {
  const { document } = parser;
  if (!document.documentElement) {
    document.appendChild(document.createElement('html'));
    parser.open = [document, document.documentElement];
  }
  return document.documentElement;
}

/** @param {Parser} parser */
function headOf(parser) {
  const html = htmlOf(parser);
  if (parser.document.head) {
    if (parser.stage !== 'body' && parser.open.length === 2) parser.open.push(parser.document.head);
    return;
  }
  const head = html.appendChild(parser.document.createElement('head'));
  parser.open = [parser.document, html, head];
  parser.stage = 'head';
}

/** @param {Parser} parser */
function bodyOf(parser) {
  const { document } = parser;
  if (parser.stage === 'body') return document.body;
  headOf(parser);
  const body = document.documentElement.appendChild(document.createElement('body'));
  parser.open = [document, document.documentElement, body];
  parser.stage = 'body';
  return body;
}

/** Closes what a tag closes, and opens the part of a table that it needs. @param {Parser} parser @param {string} tag */
function makeRoomFor(parser, tag) {
  const rule = CLOSING_TAGS[tag];
  if (rule) {
    for (let i = parser.open.length - 1; i > 0; i -= 1) {
      const name = parser.open[i].localName;
      if (rule.within.has(name)) break;
      if (rule.closes.has(name)) parser.open.length = i;
    }
  }
  const parent = openedLast(parser).localName;
  if (tag === 'tr' && parent === 'table') openElement(parser, 'tbody', [], false);
  if ((tag === 'td' || tag === 'th') && (parent === 'table' || /^t(body|head|foot)$/.test(parent))) openElement(parser, 'tr', [], false);
}

/** How many are open in the head itself: the document, html and head. */
const FRAME_DEPTH = 3;

/** Whether html, head and body come by themselves: not within a template of the head. @param {Parser} parser */
function inFrame({ isDocument, stage, open }) {
  return isDocument && (stage === 'body' || open.length <= FRAME_DEPTH);
}

/** What the next node goes into. @param {Parser} parser @returns {any} */
function contentOfLast(parser) {
  const parent = openedLast(parser);
  return parent.localName === 'template' ? parent.content : parent;
}

/** @param {Parser} parser @returns {any} */
function openedLast(parser) {
  return parser.open[parser.open.length - 1];
}
