/**
 * Attributes like `onclick="…"` as functions, and the names of the handlers that elements and windows have.
 */

import { here } from '../web/here.js';

const POINTING = 'click dblclick mousedown mouseup mousemove mouseover mouseout mouseenter mouseleave contextmenu auxclick wheel mousewheel pointerdown '
  + 'pointerup pointermove pointerover pointerout pointerenter pointerleave pointercancel gotpointercapture lostpointercapture '
  + 'drag dragstart dragend dragenter dragleave dragover drop selectstart';
const TYPING = 'keydown keyup keypress input change beforeinput submit reset invalid select focus blur copy cut paste toggle';
const LOADING = 'load error abort loadstart loadeddata loadedmetadata loadend progress canplay canplaythrough play playing pause ended timeupdate '
  + 'volumechange waiting seeking seeked stalled suspend durationchange emptied ratechange';
const MOVING = 'scroll resize transitionend transitionstart transitionrun transitioncancel animationend animationstart animationiteration '
  + 'webkittransitionend webkitanimationend fullscreenchange fullscreenerror';

export const TOUCHING = 'touchstart touchmove touchend touchcancel';
export const ELEMENT_HANDLERS = `${POINTING} ${TYPING} ${LOADING} ${MOVING}`;
export const WINDOW_HANDLERS = `${ELEMENT_HANDLERS} beforeunload unload pagehide pageshow hashchange popstate message messageerror online offline storage `
  + 'unhandledrejection rejectionhandled languagechange orientationchange beforeprint afterprint devicemotion deviceorientation gamepadconnected gamepaddisconnected';
export const DOCUMENT_HANDLERS = `${ELEMENT_HANDLERS} readystatechange visibilitychange pointerlockchange pointerlockerror DOMContentLoaded selectionchange`;

/**
 * The function of an attribute, compiled when it is first called: with the document's and the element's properties in
 * its scope, as in a browser.
 * @param {any} element @param {string} name @param {string} text
 */
export function compiledHandler(element, name, text) {
  /** @type {Function|undefined} */
  let work;
  /** @this {any} @param {any[]} args */
  return function handler(...args) {
    work ??= here.kernel.natives.compile(`with (document) with (this) {\n${text}\n}`, `${element.localName}.${name}`, name === 'onerror' ? ['event', 'source', 'lineno', 'colno', 'error'] : ['event']);
    return Reflect.apply(work, this, args);
  };
}
