/**
 * Input from the description's actions, as wx's listeners get it: touches, keys, the mouse.
 */

import { wxKeyCode } from './key-codes.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */
/** @typedef {{x: number, y: number, id?: number}} InputPoint in CSS pixels of the screen */

/** @type {Record<string, string>} */
const TOUCH_EVENTS = { start: 'TouchStart', move: 'TouchMove', end: 'TouchEnd', cancel: 'TouchCancel' };
/** @type {Record<string, string>} */
const TOUCH_OF_MOUSE = { down: 'start', move: 'move', up: 'end' };

/**
 * Sets `kernel.inputs`, and adds the functions by which games listen.
 * @param {WxRoom} room
 * @param {(type: string, event: any) => void} [also] hears of each touch event too
 */
export function wxInputs({ kernel, listeners, families }, also = () => undefined) {
  const touch = wxToucher(kernel, (type, event) => {
    listeners.fire(TOUCH_EVENTS[type], event);
    also(type, event);
  });
  kernel.inputs = {
    touch,
    mouse: wxMouser(kernel, listeners, touch),
    key(/** @type {'down'|'up'} */ type, /** @type {string} */ key) {
      listeners.fire(type === 'down' ? 'KeyDown' : 'KeyUp', { key, code: wxKeyCode(key), timeStamp: kernel.clock.now() });
    },
  };
  families.events('TouchStart TouchMove TouchEnd TouchCancel KeyDown KeyUp MouseDown MouseMove MouseUp');
}

/** @param {WxRoom['kernel']} kernel @param {(type: string, event: any) => void} tell */
function wxToucher(kernel, tell) {
  /** The touches that are down, by identifier. @type {Map<number, any>} */
  const down = new Map();
  return (/** @type {string} */ type, /** @type {InputPoint[]} */ points) => {
    const changedTouches = points.map(wxTouchAt);
    const isLifted = type === 'end' || type === 'cancel';
    for (const changed of changedTouches) {
      if (isLifted) down.delete(changed.identifier);
      else down.set(changed.identifier, changed);
    }
    tell(type, { type: `touch${type}`, touches: [...down.values()], changedTouches, timeStamp: kernel.clock.now() });
  };
}

/** @param {InputPoint} point */
function wxTouchAt({ x, y, id = 0 }) {
  return { identifier: id, clientX: x, clientY: y, pageX: x, pageY: y, screenX: x, screenY: y, force: 1 };
}

/**
 * @param {WxRoom['kernel']} kernel @param {WxRoom['listeners']} listeners
 * @param {(type: string, points: InputPoint[]) => void} touch for games that know no mouse
 */
function wxMouser(kernel, listeners, touch) {
  let at = { x: 0, y: 0 };
  let isDown = false;
  const hearsMouse = () => ['MouseDown', 'MouseMove', 'MouseUp'].some(listeners.has);
  return (/** @type {string} */ type, /** @type {InputPoint} */ { x, y }, button = 0) => {
    const moved = { movementX: x - at.x, movementY: y - at.y };
    const wasDown = isDown;
    at = { x, y };
    isDown = type === 'down' || (isDown && type !== 'up');
    const timeStamp = kernel.clock.now();
    if (!hearsMouse()) {
      if (type === 'down' || wasDown) touch(TOUCH_OF_MOUSE[type], [{ x, y, id: 0 }]);
    } else if (type === 'move') listeners.fire('MouseMove', { x, y, ...moved, timeStamp });
    else listeners.fire(type === 'down' ? 'MouseDown' : 'MouseUp', { x, y, button, timeStamp });
  };
}
