/**
 * What a click does besides telling its listeners: boxes are ticked, forms sent, labels passed on.
 */

import { dispatch } from '../web/targets.js';

/**
 * A method of elements that do something when clicked: is called before the event and gives back what is to be done
 * after it, told whether a listener has prevented that.
 */
export const ACTIVATION = Symbol('activation');

/** Dispatches a click. @param {any} target @param {any} event @returns {boolean} whether nobody prevented the default */
export function activate(target, event) {
  let element = target;
  while (element && element[ACTIVATION] === undefined) element = event.bubbles ? element.parentElement : null;
  const after = element?.[ACTIVATION](event);
  const goesOn = dispatch(target, event);
  after?.(!goesOn);
  return goesOn;
}
