/**
 * Window: what the game's global object is an instance of, and what is on it beside classes.
 */

import { HandlerTarget } from '../web/handler-target.js';
import { here } from '../web/here.js';
import { History, Location } from '../web/location.js';
import { MediaQueryList, Navigator, Screen, hasTouch } from '../web/navigator.js';
import { ORIGIN_OF_PAGE } from '../web/resources.js';
import { EventTarget, handlersOf } from '../web/targets.js';
import { computed } from './computed.js';
import { CustomElementRegistry } from './html-element.js';
import { NAMES } from './named-access.js';
import { ComputedStyle } from './style.js';
import { computedColor } from './style-colors.js';

export class Window extends HandlerTarget {
  get event() { return here.event; }
}

/** Prototypes of the window, so that a variable of the game hides an element of the same name. @param {any} scope */
export function becomeWindow(scope) {
  const named = Object.create(HandlerTarget.prototype);
  Object.setPrototypeOf(Window.prototype, named);
  Object.setPrototypeOf(scope, Window.prototype);
  Object.defineProperty(scope, NAMES, { value: named, configurable: true });
}

/** Only where the game is played by touch it finds a touch screen. */
export function touchHandlers() {
  if (hasTouch()) handlersOf(HandlerTarget, 'touchstart touchmove touchend touchcancel');
}

/** @param {import('../kernel.js').Kernel} kernel @param {string} entry path of the page @returns {Record<string, any>} */
export function windowProperties({ scope, screen }, entry) {
  const url = ORIGIN_OF_PAGE + entry;
  const { width, height, pixelRatio } = screen;
  return {
    window: scope, self: scope, top: scope, parent: scope, frames: scope, opener: null, frameElement: null, length: 0, name: '', status: '', closed: false,
    innerWidth: width, innerHeight: height, outerWidth: width, outerHeight: height, devicePixelRatio: pixelRatio,
    screenX: 0, screenY: 0, screenLeft: 0, screenTop: 0, scrollX: 0, scrollY: 0, pageXOffset: 0, pageYOffset: 0,
    visualViewport: Object.assign(new EventTarget(), { width, height, scale: 1, offsetLeft: 0, offsetTop: 0, pageLeft: 0, pageTop: 0, onresize: null, onscroll: null }),
    location: new Location(url), history: new History(url), navigator: new Navigator(), clientInformation: undefined,
    screen: new Screen(), customElements: new CustomElementRegistry(), origin: ORIGIN_OF_PAGE, isSecureContext: true, crossOriginIsolated: false,
    scrollTo: nothing, scrollBy: nothing, scroll: nothing, focus: nothing, blur: nothing, close: nothing, stop: nothing, moveTo: nothing, resizeTo: nothing,
    getSelection: () => here.document.getSelection(), matchMedia: (/** @type {any} */ query) => new MediaQueryList(String(query)),
    getComputedStyle, CSS: { escape: escaped, supports: () => true, px: (/** @type {number} */ n) => `${n}px` },
    reportError: (/** @type {any} */ error) => here.kernel.report.error(error),
    chrome: { runtime: {} },
  };
}

function nothing() {}

const STYLES = Symbol('computed style');

/** @param {any} element @param {string|null} [pseudo] */
function getComputedStyle(element, pseudo) {
  if (element?.nodeType !== 1) throw new TypeError("Failed to execute 'getComputedStyle' on 'Window': parameter 1 is not of type 'Element'.");
  if (pseudo && pseudo !== ':') return new ComputedStyle(() => '');
  return (element[STYLES] ??= new ComputedStyle((name) => used(element, name)));
}

const COLORED = /(^|-)color$/;
const SIZED = /^(width|height)$/;

/** Sizes are what they come out as. @param {any} element @param {string} name @returns {string} */
function used(element, name) {
  const value = computed(element, name);
  if (COLORED.test(name)) return computedColor(value);
  if (!SIZED.test(name) || /px$/.test(value)) return value;
  const { width, height } = element.getBoundingClientRect();
  return name === 'width' ? `${width}px` : `${height}px`;
}

/** A name as a selector writes it. @param {any} name */
function escaped(name) {
  return String(name).replace(/^-?\d|[^\w\u0080-\uffff-]/g, (sign) => (/\d$/.test(sign) ? `${sign.slice(0, -1)}\\3${sign.slice(-1)} ` : `\\${sign}`));
}
