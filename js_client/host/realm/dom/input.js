/**
 * What players do, as a page is told of it: keys, touches and the mouse, with the events that a browser makes of them.
 *
 * Uses nothing but standard calls on the window, so that a page in a real browser is played in the same way. Events are
 * the page's own in this: `isTrusted` is false there, as for any script.
 */

import { keyOf, isTyping } from '../keys.js';
import { typeInto } from './typing.js';

/** @typedef {{x: number, y: number, id?: number}} Point in CSS pixels of the screen */

const BUBBLES = { bubbles: true, cancelable: true, composed: true };
/** Bits of MouseEvent.buttons by MouseEvent.button. */
const BUTTON_BITS = [1, 4, 2];

/** @param {import('../kernel.js').Kernel} kernel */
export function installInputs(kernel) {
  kernel.inputs = { key: keyboard(kernel.scope), touch: touchScreen(kernel.scope), mouse: mouse(kernel.scope) };
}

/** Tells an element of an event. @param {any} window @param {any} target @param {string} kind the class @param {string} type @param {any} init @returns {boolean} whether nobody prevented the default */
function tellOf(window, target, kind, type, init) {
  return target.dispatchEvent(new window[kind](type, { ...BUBBLES, view: window, ...init }));
}

/** @param {any} window @returns {any} */
function pageOf(window) {
  const { document } = window;
  return document.body ?? document.documentElement;
}

/** @param {any} window @param {number} x @param {number} y @returns {any} */
function targetAt(window, x, y) {
  return window.document.elementFromPoint(x, y) ?? pageOf(window);
}

/** @type {Record<string, string>} */
const MODIFIERS = { Shift: 'shiftKey', Control: 'ctrlKey', Alt: 'altKey', Meta: 'metaKey' };

/** @param {any} window */
function keyboard(window) {
  /** @type {Set<string>} */
  const down = new Set();
  /** @param {'down'|'up'} type @param {string} name */
  return (type, name) => {
    const key = keyOf(name);
    const repeat = type === 'down' && down.has(key.key);
    if (type === 'down') down.add(key.key);
    else down.delete(key.key);
    const modifiers = Object.fromEntries(Object.entries(MODIFIERS).map(([modifier, property]) => [property, down.has(modifier)]));
    const { code, keyCode, charCode, location } = key;
    const init = { key: key.key, code, keyCode, which: keyCode, charCode: 0, location, repeat, ...modifiers };
    const target = window.document.activeElement ?? pageOf(window);
    const goesOn = tellOf(window, target, 'KeyboardEvent', `key${type}`, init);
    if (type === 'up' || !goesOn) return;
    const isTyped = !isTyping(key) || tellOf(window, target, 'KeyboardEvent', 'keypress', { ...init, keyCode: charCode, which: charCode, charCode });
    if (isTyped) typeInto(window, target, key.key);
  };
}

/** @param {any} window */
function mouse(window) {
  const at = { x: 0, y: 0, buttons: 0 };
  /** @type {any} where the mouse is */
  let over;
  /** @type {any} where a button went down */
  let pressed;

  /** @param {any} target @param {string} pointer @param {string} type @param {any} init */
  const both = (target, pointer, type, init) => {
    const goesOn = tellOf(window, target, 'PointerEvent', pointer, { ...init, pointerId: 1, pointerType: 'mouse', isPrimary: true, pressure: init.buttons ? 0.5 : 0 });
    tellOf(window, target, 'MouseEvent', type, init);
    return goesOn;
  };

  /** The mouse leaves an element for another. @param {any} target @param {any} init */
  const enter = (target, init) => {
    if (over === target) return;
    const [from, to] = [over?.isConnected === false ? undefined : over, target];
    over = target;
    if (from) both(from, 'pointerout', 'mouseout', { ...init, relatedTarget: to });
    for (const left of linesBetween(from, to)) both(left, 'pointerleave', 'mouseleave', { ...init, bubbles: false, relatedTarget: to });
    both(to, 'pointerover', 'mouseover', { ...init, relatedTarget: from ?? null });
    for (const entered of linesBetween(to, from).reverse()) both(entered, 'pointerenter', 'mouseenter', { ...init, bubbles: false, relatedTarget: from ?? null });
  };

  /** @param {'move'|'down'|'up'} type @param {Point} point @param {number} [button] */
  return (type, { x, y }, button = 0) => {
    const target = targetAt(window, x, y);
    const moved = { movementX: x - at.x, movementY: y - at.y };
    [at.x, at.y] = [x, y];
    if (type === 'down') at.buttons |= BUTTON_BITS[button] ?? 0;
    if (type === 'up') at.buttons &= ~(BUTTON_BITS[button] ?? 0);
    const init = { clientX: x, clientY: y, screenX: x, screenY: y, button: type === 'move' ? 0 : button, buttons: at.buttons, detail: type === 'move' ? 0 : 1 };
    enter(target, init);
    both(target, `pointer${type}`, `mouse${type}`, type === 'move' ? { ...init, ...moved } : init);
    if (type === 'down') {
      pressed = target;
      focusOn(window, target);
    } else if (type === 'up') {
      clickOn(window, commonAbove(pressed, target), init);
      pressed = undefined;
    }
  };
}

/** @param {any} window @param {any} target @param {any} init */
function clickOn(window, target, init) {
  if (!target?.isConnected) return;
  if (init.button === 2) tellOf(window, target, 'MouseEvent', 'contextmenu', init);
  else if (!target.closest?.('button:disabled, input:disabled')) tellOf(window, target, 'MouseEvent', init.button === 0 ? 'click' : 'auxclick', init);
}

/** @param {any} window @param {any} target */
function focusOn(window, target) {
  const focusable = target.closest?.('input, textarea, select, button, a[href], [tabindex], [contenteditable]');
  if (focusable) focusable.focus();
  else window.document.activeElement?.blur?.();
}

/** What is above one element and not above another. @param {any} element @param {any} other @returns {any[]} */
function linesBetween(element, other) {
  const line = [];
  for (let above = element; above && !above.contains(other ?? null); above = above.parentElement) line.push(above);
  return line;
}

/** @param {any} a @param {any} b @returns {any} */
function commonAbove(a, b) {
  let above = a;
  while (above && !above.contains(b)) above = above.parentElement;
  return above;
}

/** @param {any} window */
function touchScreen(window) {
  /** The touches that are down, by identifier. @type {Map<number, any>} */
  const down = new Map();

  /** @param {'start'|'move'|'end'} type @param {Point[]} points that change */
  return (type, points) => {
    const changed = points.map(({ x, y, id = 0 }) => {
      const target = type === 'start' ? targetAt(window, x, y) : down.get(id)?.target ?? targetAt(window, x, y);
      return new window.Touch({ identifier: id, target, clientX: x, clientY: y, pageX: x + window.scrollX, pageY: y + window.scrollY, screenX: x, screenY: y, radiusX: 1, radiusY: 1, force: 1 });
    });
    for (const touch of changed) {
      if (type === 'end') down.delete(touch.identifier);
      else down.set(touch.identifier, touch);
    }
    for (const touch of changed) pointerOf(window, type, touch);
    const isTap = tellTouches(window, type, changed, [...down.values()]);
    if (type === 'end' && isTap) for (const touch of changed) tap(window, touch);
  };
}

/** One event for each target that is touched. @param {any} window @param {string} type @param {any[]} changed @param {any[]} touches */
function tellTouches(window, type, changed, touches) {
  let goesOn = true;
  for (const target of new Set(changed.map((touch) => touch.target))) {
    const ofTarget = (/** @type {any} */ touch) => touch.target === target;
    const init = { touches, targetTouches: touches.filter(ofTarget), changedTouches: changed.filter(ofTarget) };
    if (!tellOf(window, target, 'TouchEvent', `touch${type}`, init)) goesOn = false;
  }
  return goesOn;
}

const POINTER_TYPES = { start: 'pointerdown', move: 'pointermove', end: 'pointerup' };

/** @param {any} window @param {'start'|'move'|'end'} type @param {any} touch */
function pointerOf(window, type, { target, identifier, clientX, clientY }) {
  const isDown = type !== 'end';
  tellOf(window, target, 'PointerEvent', POINTER_TYPES[type], {
    clientX, clientY, screenX: clientX, screenY: clientY, pointerId: identifier + 2, pointerType: 'touch', isPrimary: identifier === 0,
    button: type === 'move' ? -1 : 0, buttons: isDown ? 1 : 0, pressure: isDown ? 1 : 0, width: 1, height: 1,
  });
}

/** A touch that nobody has taken is a click of the mouse, too. @param {any} window @param {any} touch */
function tap(window, { target, clientX, clientY, identifier }) {
  if (identifier !== 0 || !target.isConnected || targetAt(window, clientX, clientY) !== target) return;
  const init = { clientX, clientY, screenX: clientX, screenY: clientY, button: 0, detail: 1 };
  tellOf(window, target, 'MouseEvent', 'mousemove', { ...init, detail: 0 });
  tellOf(window, target, 'MouseEvent', 'mousedown', { ...init, buttons: 1 });
  focusOn(window, target);
  tellOf(window, target, 'MouseEvent', 'mouseup', init);
  clickOn(window, target, init);
}
