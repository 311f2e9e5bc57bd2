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
  HTMLAnchorElement, HTMLBodyElement, HTMLDialogElement, HTMLIFrameElement, HTMLLinkElement, HTMLStyleElement, HTMLTableCellElement, HTMLTableElement,
  HTMLTableRowElement, HTMLTemplateElement, SVGElement,
} from './plain-elements.js';
import { HTMLScriptElement } from './script-element.js';

export const HTML_NAMESPACE = 'http://www.w3.org/1999/xhtml';
const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/** Classes with something of their own, by tag. @type {Record<string, any>} */
const CLASSES = {
  body: HTMLBodyElement, canvas: HTMLCanvasElement, img: HTMLImageElement, script: HTMLScriptElement, a: HTMLAnchorElement, area: HTMLAnchorElement, link: HTMLLinkElement,
  style: HTMLStyleElement, template: HTMLTemplateElement, iframe: HTMLIFrameElement, table: HTMLTableElement, tr: HTMLTableRowElement,
  td: HTMLTableCellElement, th: HTMLTableCellElement, dialog: HTMLDialogElement, input: HTMLInputElement, textarea: HTMLTextAreaElement,
  button: HTMLButtonElement, select: HTMLSelectElement, option: HTMLOptionElement, label: HTMLLabelElement, form: HTMLFormElement,
  audio: HTMLAudioElement, video: HTMLVideoElement, source: HTMLSourceElement, track: HTMLTrackElement,
};

/** Classes that are only a name, with the tags that have them. @type {Record<string, string>} */
const NAMES = {
  HTMLDivElement: 'div', HTMLSpanElement: 'span', HTMLParagraphElement: 'p', HTMLHeadElement: 'head', HTMLHtmlElement: 'html',
  HTMLHeadingElement: 'h1 h2 h3 h4 h5 h6', HTMLUListElement: 'ul', HTMLOListElement: 'ol', HTMLLIElement: 'li', HTMLBRElement: 'br', HTMLHRElement: 'hr',
  HTMLPreElement: 'pre listing', HTMLTableSectionElement: 'tbody thead tfoot', HTMLTableCaptionElement: 'caption', HTMLTableColElement: 'col colgroup',
  HTMLFieldSetElement: 'fieldset', HTMLLegendElement: 'legend', HTMLOptGroupElement: 'optgroup', HTMLDataListElement: 'datalist',
  HTMLOutputElement: 'output', HTMLProgressElement: 'progress', HTMLMeterElement: 'meter', HTMLMetaElement: 'meta', HTMLTitleElement: 'title',
  HTMLBaseElement: 'base', HTMLMapElement: 'map', HTMLObjectElement: 'object', HTMLEmbedElement: 'embed', HTMLParamElement: 'param',
  HTMLDetailsElement: 'details', HTMLQuoteElement: 'blockquote q', HTMLModElement: 'ins del', HTMLTimeElement: 'time', HTMLDataElement: 'data',
  HTMLPictureElement: 'picture', HTMLSlotElement: 'slot', HTMLMenuElement: 'menu', HTMLDListElement: 'dl', HTMLFontElement: 'font',
};
/** Tags that HTML knows and gives no class of their own. */
const PLAIN = new Set(('abbr address article aside b bdi bdo cite code dd dfn dt em figcaption figure footer header hgroup i kbd main mark nav noscript rp rt '
  + 'ruby s samp section small strong sub summary sup u var wbr center big tt strike acronym nobr noframes').split(' '));

/** Properties of those that are more than a name. @type {Record<string, Parameters<typeof reflects>[1]>} */
const REFLECTED = {
  HTMLMetaElement: { texts: 'name content httpEquiv:http-equiv' }, HTMLBaseElement: { texts: 'href target' }, HTMLDetailsElement: { flags: 'open' },
  HTMLLIElement: { numbers: { value: 0 } }, HTMLMapElement: { texts: 'name' }, HTMLProgressElement: { numbers: { value: 0, max: 1 } },
  HTMLMeterElement: { numbers: { value: 0, min: 0, max: 1 } }, HTMLOptGroupElement: { texts: 'label', flags: 'disabled' },
  HTMLFieldSetElement: { texts: 'name', flags: 'disabled' }, HTMLOListElement: { numbers: { start: 1 } }, HTMLOutputElement: { texts: 'value' },
};

/** @type {Map<string, any>} */
const classesByTag = new Map(Object.entries(CLASSES));
/** @type {Map<string, string>} */
const namesByTag = new Map(Object.entries(NAMES).flatMap(([name, tags]) => tags.split(' ').map((tag) => [tag, name])));
/** @type {Map<string, any>} */
const made = new Map();

/** The class of a name in NAMES. @param {string} name */
function classNamed(name) {
  const known = made.get(name);
  if (known) return known;
  const fresh = { [name]: class extends HTMLElement {} }[name];
  made.set(name, fresh);
  if (REFLECTED[name]) reflects(fresh, REFLECTED[name]);
  return fresh;
}

/** @param {string} tag */
function classOf(tag) {
  const known = classesByTag.get(tag);
  if (known) return known;
  const name = namesByTag.get(tag);
  const found = name ? classNamed(name) : PLAIN.has(tag) || tag.includes('-') ? HTMLElement : HTMLUnknownElement;
  if (name || PLAIN.has(tag)) classesByTag.set(tag, found);
  return found;
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
    Element, HTMLElement, HTMLUnknownElement, HTMLBodyElement, HTMLCanvasElement, HTMLImageElement, HTMLScriptElement, HTMLAnchorElement, HTMLLinkElement, HTMLStyleElement,
    HTMLTemplateElement, HTMLIFrameElement, HTMLTableElement, HTMLTableRowElement, HTMLTableCellElement, HTMLDialogElement, HTMLInputElement,
    HTMLTextAreaElement, HTMLButtonElement, HTMLSelectElement, HTMLOptionElement, HTMLLabelElement, HTMLFormElement, HTMLMediaElement, HTMLAudioElement,
    HTMLVideoElement, HTMLSourceElement, HTMLTrackElement, SVGElement, SVGSVGElement: SVGElement,
  };
  return { classes, named: Object.keys(NAMES), classNamed };
}
