/**
 * The classes of events: of the mouse, the keyboard, touches, messages and so on. Each answers from the dictionary that
 * it was made from.
 */

import { Event, INIT, ROUTE, constants, fieldsOf } from './event.js';
import { here } from './here.js';

export class CustomEvent extends Event {
  /** @param {any} type @param {any} [bubbles] @param {any} [cancelable] @param {any} [detail] */
  initCustomEvent(type, bubbles, cancelable, detail = null) {
    this.initEvent(type, bubbles, cancelable);
    this[INIT].detail = detail;
  }
}
fieldsOf(CustomEvent, { detail: null });

export class UIEvent extends Event {
  get view() { return this[INIT].view ?? null; }
  get which() { return this[INIT].which ?? 0; }

  /** @param {any} type @param {any} [bubbles] @param {any} [cancelable] @param {any} [view] @param {any} [detail] */
  initUIEvent(type, bubbles, cancelable, view, detail = 0) {
    this.initEvent(type, bubbles, cancelable);
    Object.assign(this[INIT], { view, detail });
  }
}
fieldsOf(UIEvent, { detail: 0, sourceCapabilities: null });

const MODIFIERS = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };
const MODIFIER_KEYS = { Control: 'ctrlKey', Shift: 'shiftKey', Alt: 'altKey', Meta: 'metaKey' };

export class MouseEvent extends UIEvent {
  get x() { return this[INIT].clientX ?? 0; }
  get y() { return this[INIT].clientY ?? 0; }
  get pageX() { return (this[INIT].clientX ?? 0) + (here.window.scrollX || 0); }
  get pageY() { return (this[INIT].clientY ?? 0) + (here.window.scrollY || 0); }
  get offsetX() { return (this[INIT].clientX ?? 0) - placeOfTarget(this).left; }
  get offsetY() { return (this[INIT].clientY ?? 0) - placeOfTarget(this).top; }
  get layerX() { return this.offsetX; }
  get layerY() { return this.offsetY; }
  get which() { return this[INIT].which ?? ((this[INIT].buttons || this.type !== 'mousemove') ? (this[INIT].button ?? 0) + 1 : 0); }

  /** @param {string} key */
  getModifierState(key) {
    return Boolean(this[INIT][/** @type {any} */ (MODIFIER_KEYS)[key]]);
  }

  /** The old way: after document.createEvent. @param {any[]} values */
  initMouseEvent(...values) {
    const [type, bubbles, cancelable, ...more] = values;
    const names = ['view', 'detail', 'screenX', 'screenY', 'clientX', 'clientY', 'ctrlKey', 'altKey', 'shiftKey', 'metaKey', 'button', 'relatedTarget'];
    this.initEvent(type, bubbles, cancelable);
    names.forEach((name, i) => {
      this[INIT][name] = more[i];
    });
  }
}
fieldsOf(MouseEvent, {
  ...MODIFIERS, clientX: 0, clientY: 0, screenX: 0, screenY: 0, movementX: 0, movementY: 0, button: 0, buttons: 0, relatedTarget: null,
});

/** @param {MouseEvent} event @returns {{left: number, top: number}} */
function placeOfTarget(event) {
  const { target } = event[ROUTE];
  return target?.getBoundingClientRect ? target.getBoundingClientRect() : { left: 0, top: 0 };
}

export class PointerEvent extends MouseEvent {
  getCoalescedEvents() { return [this]; }
  getPredictedEvents() { return []; }
}
fieldsOf(PointerEvent, {
  pointerId: 0, width: 1, height: 1, pressure: 0, tangentialPressure: 0, tiltX: 0, tiltY: 0, twist: 0, pointerType: '', isPrimary: false,
});

export class WheelEvent extends MouseEvent {
  get wheelDelta() { return -(this[INIT].deltaY ?? 0) * 1.2; }
}
constants(WheelEvent, { DOM_DELTA_PIXEL: 0, DOM_DELTA_LINE: 1, DOM_DELTA_PAGE: 2 });
fieldsOf(WheelEvent, { deltaX: 0, deltaY: 0, deltaZ: 0, deltaMode: 0 });

export class DragEvent extends MouseEvent {}
fieldsOf(DragEvent, { dataTransfer: null });

export class KeyboardEvent extends UIEvent {
  get which() { return this[INIT].which ?? this[INIT].keyCode ?? 0; }

  /** @param {string} key */
  getModifierState(key) {
    return Boolean(this[INIT][/** @type {any} */ (MODIFIER_KEYS)[key]]);
  }
}
constants(KeyboardEvent, { DOM_KEY_LOCATION_STANDARD: 0, DOM_KEY_LOCATION_LEFT: 1, DOM_KEY_LOCATION_RIGHT: 2, DOM_KEY_LOCATION_NUMPAD: 3 });
fieldsOf(KeyboardEvent, { ...MODIFIERS, key: '', code: '', location: 0, repeat: false, isComposing: false, charCode: 0, keyCode: 0 });

export class Touch {
  /** @param {any} init */
  constructor(init) {
    const { identifier, target, clientX = 0, clientY = 0 } = init;
    Object.assign(this, {
      radiusX: 1, radiusY: 1, rotationAngle: 0, force: 1, screenX: clientX, screenY: clientY,
      pageX: clientX + (here.window.scrollX || 0), pageY: clientY + (here.window.scrollY || 0), ...init, identifier, target, clientX, clientY,
    });
  }
}

export class TouchEvent extends UIEvent {
  get touches() { return touchList(this[INIT].touches); }
  get targetTouches() { return touchList(this[INIT].targetTouches); }
  get changedTouches() { return touchList(this[INIT].changedTouches); }
}
fieldsOf(TouchEvent, MODIFIERS);

/** @param {any} touches an array becomes a list @returns {any} */
function touchList(touches = []) {
  if (!touches.item) Object.defineProperty(touches, 'item', { value: (/** @type {number} */ i) => touches[i] ?? null });
  return touches;
}

export class FocusEvent extends UIEvent {}
fieldsOf(FocusEvent, { relatedTarget: null });
export class InputEvent extends UIEvent {}
fieldsOf(InputEvent, { data: null, inputType: '', isComposing: false, dataTransfer: null });
export class CompositionEvent extends UIEvent {}
fieldsOf(CompositionEvent, { data: '' });
export class MessageEvent extends Event {}
fieldsOf(MessageEvent, { data: null, origin: '', lastEventId: '', source: null, ports: Object.freeze([]) });
export class ProgressEvent extends Event {}
fieldsOf(ProgressEvent, { lengthComputable: false, loaded: 0, total: 0 });
export class ErrorEvent extends Event {}
fieldsOf(ErrorEvent, { message: '', filename: '', lineno: 0, colno: 0, error: null });
export class PromiseRejectionEvent extends Event {}
fieldsOf(PromiseRejectionEvent, { promise: null, reason: undefined });
export class CloseEvent extends Event {}
fieldsOf(CloseEvent, { wasClean: false, code: 0, reason: '' });
export class HashChangeEvent extends Event {}
fieldsOf(HashChangeEvent, { oldURL: '', newURL: '' });
export class PopStateEvent extends Event {}
fieldsOf(PopStateEvent, { state: null });
export class PageTransitionEvent extends Event {}
fieldsOf(PageTransitionEvent, { persisted: false });
export class StorageEvent extends Event {}
fieldsOf(StorageEvent, { key: null, oldValue: null, newValue: null, url: '', storageArea: null });
export class AnimationEvent extends Event {}
fieldsOf(AnimationEvent, { animationName: '', elapsedTime: 0, pseudoElement: '' });
export class TransitionEvent extends Event {}
fieldsOf(TransitionEvent, { propertyName: '', elapsedTime: 0, pseudoElement: '' });
export class SubmitEvent extends Event {}
fieldsOf(SubmitEvent, { submitter: null });
export class BeforeUnloadEvent extends Event {}
export class GamepadEvent extends Event {}
fieldsOf(GamepadEvent, { gamepad: null });
export class DeviceOrientationEvent extends Event {}
fieldsOf(DeviceOrientationEvent, { alpha: null, beta: null, gamma: null, absolute: false });
export class DeviceMotionEvent extends Event {}

/** What document.createEvent knows, by its name in small letters without a final s. @type {Record<string, any>} */
export const CREATED_EVENTS = {
  event: Event, htmlevent: Event, customevent: CustomEvent, uievent: UIEvent, mouseevent: MouseEvent, keyboardevent: KeyboardEvent,
  messageevent: MessageEvent, touchevent: TouchEvent, focusevent: FocusEvent, storageevent: StorageEvent,
};
