/**
 * The style that an element holds itself: made when it is first asked for, and written into the attribute only when
 * somebody reads that.
 */

import { here } from '../web/here.js';
import { mutated } from '../web/observers.js';
import { attribute, putAttribute } from './attributes.js';
import { CSSStyleDeclaration } from './style.js';

const STATE = Symbol('style');

/** Properties that only move an element, and what is in it. */
const MOVING = new Set(['left', 'top', 'transform', 'transform-origin']);
/** Those that change the size of none. */
const LIGHT = new Set([...MOVING, 'opacity', 'color', 'background', 'background-color', 'background-position', 'background-image', 'z-index', 'cursor',
  'filter', 'box-shadow', 'text-shadow', 'border-color', 'border-radius', 'pointer-events', 'visibility', 'will-change']);

/** @typedef {{isChanged: boolean, declarations: CSSStyleDeclaration}} StyleState */

/** @param {any} element @returns {CSSStyleDeclaration} */
export function styleOf(element) {
  return (element[STATE] ?? startStyle(element)).declarations;
}

/** The style of an element that has one; undefined where nothing was ever set. @param {any} element @returns {CSSStyleDeclaration|undefined} */
export function ownStyle(element) {
  return element[STATE]?.declarations ?? (attribute(element, 'style') === null ? undefined : styleOf(element));
}

/** Before somebody reads the attribute. @param {any} element */
export function freshenStyle(element) {
  /** @type {StyleState|undefined} */
  const state = element[STATE];
  if (!state?.isChanged) return;
  state.isChanged = false;
  const { cssText } = state.declarations;
  putAttribute(element, 'style', cssText === '' && attribute(element, 'style') === null ? null : cssText);
}

/** The attribute was set. @param {any} element @param {string|null} text */
export function restyle(element, text) {
  if (element[STATE]) element[STATE].declarations.cssText = text ?? '';
}

/** @param {any} element @returns {StyleState} */
function startStyle(element) {
  /** @type {StyleState} */
  const state = {
    isChanged: false,
    declarations: new CSSStyleDeclaration((name) => {
      state.isChanged = true;
      if (name === undefined || !LIGHT.has(name) || (here.isStretched && MOVING.has(name))) here.shapes += 1;
      else if (MOVING.has(name)) here.moves += 1;
      if (here.observers.size > 0) mutated({ type: 'attributes', target: element, attributeName: 'style' });
    }, attribute(element, 'style') ?? ''),
  };
  element[STATE] = state;
  return state;
}
