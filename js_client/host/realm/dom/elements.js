/**
 * Which class an element of a name has. Those that are only a name get their class when they are first met.
 */

import { here } from '../web/here.js';
import { reflects } from './attributes.js';
import { HTMLCanvasElement } from './canvas-element.js';
import { Element } from './element.js';
import {
  HTMLButtonElement, HTMLFormElement, HTMLInputElement, HTMLLabelElement, HTMLOptionElement, HTMLSelectElement, HTMLTextAreaElement,
} from './form-elements.js';
import { HTMLElement, HTMLUnknownElement } from './html-element.js';
import { HTMLImageElement } from './image-element.js';
import { HTMLAudioElement, HTMLMediaElement, HTMLSourceElement, HTMLTrackElement, HTMLVideoElement } from './media.js';
import {
  HTMLAnchorElement, HTMLBaseElement, HTMLBodyElement, HTMLDialogElement, HTMLIFrameElement, HTMLLinkElement, HTMLStyleElement, HTMLTableCellElement, HTMLTableElement,
  HTMLTableRowElement, HTMLTemplateElement, SVGElement,
} from './plain-elements.js';
import { HTMLScriptElement } from './script-element.js';

export const HTML_NAMESPACE = 'http://www.w3.org/1999/xhtml';
const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/** Classes with something of their own, by tag. @type {Record<string, any>} */
const CLASSES = {
  base: HTMLBaseElement, body: HTMLBodyElement, canvas: HTMLCanvasElement, img: HTMLImageElement, script: HTMLScriptElement, a: HTMLAnchorElement, area: HTMLAnchorElement, link: HTMLLinkElement,
  style: HTMLStyleElement, template: HTMLTemplateElement, iframe: HTMLIFrameElement, table: HTMLTableElement, tr: HTMLTableRowElement,
  td: HTMLTableCellElement, th: HTMLTableCellElement, dialog: HTMLDialogElement, input: HTMLInputElement, textarea: HTMLTextAreaElement,
  button: HTMLButtonElement, select: HTMLSelectElement, option: HTMLOptionElement, label: HTMLLabelElement, form: HTMLFormElement,
  audio: HTMLAudioElement, video: HTMLVideoElement, source: HTMLSourceElement, track: HTMLTrackElement,
};

/** Tags whose class is only a name: HTML…Element. @type {Record<string, string>} */
const NAMES = {
  div: 'Div', span: 'Span', p: 'Paragraph', head: 'Head', html: 'Html', h1: 'Heading', h2: 'Heading', h3: 'Heading', h4: 'Heading',
  h5: 'Heading', h6: 'Heading', ul: 'UList', ol: 'OList', li: 'LI', br: 'BR', hr: 'HR', pre: 'Pre', listing: 'Pre', tbody: 'TableSection',
  thead: 'TableSection', tfoot: 'TableSection', caption: 'TableCaption', col: 'TableCol', colgroup: 'TableCol', fieldset: 'FieldSet',
  legend: 'Legend', optgroup: 'OptGroup', datalist: 'DataList', output: 'Output', progress: 'Progress', meter: 'Meter', meta: 'Meta',
  title: 'Title', map: 'Map', object: 'Object', embed: 'Embed', param: 'Param', details: 'Details', blockquote: 'Quote',
  q: 'Quote', ins: 'Mod', del: 'Mod', time: 'Time', data: 'Data', picture: 'Picture', slot: 'Slot', menu: 'Menu', dl: 'DList', font: 'Font',
};
/** Tags that HTML knows and gives no class of their own. */
const PLAIN = /^(abbr|address|article|aside|b|bdi|bdo|cite|code|dd|dfn|dt|em|figcaption|figure|footer|header|hgroup|i|kbd|main|mark|nav|noscript|rp|rt|ruby|s|samp|section|small|strong|sub|summary|sup|u|var|wbr|center|big|tt|strike|acronym|nobr|noframes)$/;

/** Properties of those that are more than a name. @type {Record<string, Parameters<typeof reflects>[1]>} */
const REFLECTED = {
  Meta: { texts: 'name content httpEquiv:http-equiv' }, Details: { flags: 'open' },
  LI: { numbers: { value: 0 } }, Map: { texts: 'name' }, Progress: { numbers: { value: 0, max: 1 } },
  Meter: { numbers: { value: 0, min: 0, max: 1 } }, OptGroup: { texts: 'label', flags: 'disabled' },
  FieldSet: { texts: 'name', flags: 'disabled' }, OList: { numbers: { start: 1 } }, Output: { texts: 'value' },
};

/** @type {Map<string, any>} */
const made = new Map();

/** The class of a name as in NAMES. @param {string} name */
function classNamed(name) {
  const known = made.get(name);
  if (known) return known;
  const whole = `HTML${name}Element`;
  const fresh = { [whole]: class extends HTMLElement {} }[whole];
  made.set(name, fresh);
  if (REFLECTED[name]) reflects(fresh, REFLECTED[name]);
  return fresh;
}

/** @param {string} tag */
function classOf(tag) {
  if (Object.hasOwn(CLASSES, tag)) return CLASSES[tag];
  if (Object.hasOwn(NAMES, tag)) return (CLASSES[tag] = classNamed(NAMES[tag]));
  return tag.includes('-') || PLAIN.test(tag) ? HTMLElement : HTMLUnknownElement;
}

/** @param {any} owner a document @param {string} tag in small letters */
export function createHtml(owner, tag) {
  const custom = tag.includes('-') ? here.window.customElements?.get(tag) : undefined;
  if (custom) return Reflect.construct(custom, []);
  return new (classOf(tag))(owner, tag);
}

/** @param {any} owner @param {string|null} space @param {string} name with its prefix */
export function createInSpace(owner, space, name) {
  if (space === HTML_NAMESPACE) return createHtml(owner, name.toLowerCase());
  return space === SVG_NAMESPACE ? new SVGElement(owner, name, space) : new Element(owner, name, space ?? '');
}

/** What the window has: the classes that are there, and the makers of those that are only a name. */
export function elementClasses() {
  const classes = {
    Element, HTMLElement, HTMLUnknownElement, HTMLBaseElement, HTMLBodyElement, HTMLCanvasElement, HTMLImageElement, HTMLScriptElement, HTMLAnchorElement, HTMLLinkElement, HTMLStyleElement,
    HTMLTemplateElement, HTMLIFrameElement, HTMLTableElement, HTMLTableRowElement, HTMLTableCellElement, HTMLDialogElement, HTMLInputElement,
    HTMLTextAreaElement, HTMLButtonElement, HTMLSelectElement, HTMLOptionElement, HTMLLabelElement, HTMLFormElement, HTMLMediaElement, HTMLAudioElement,
    HTMLVideoElement, HTMLSourceElement, HTMLTrackElement, SVGElement, SVGSVGElement: SVGElement,
  };
  return { classes, named: [...new Set(Object.values(NAMES))], classNamed };
}
