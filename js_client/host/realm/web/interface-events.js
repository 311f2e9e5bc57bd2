/**
 * The classes of events: of the mouse, the keyboard, touches, messages and so on. Each answers from the dictionary that
 * it was made from.
 */

import { Event, INIT, ROUTE, constants } from './event.js';
import { here } from './here.js';

export class CustomEvent extends Event {
  get detail() { return this[INIT].detail ?? null; }

  /** @param {any} type @param {any} [bubbles] @param {any} [cancelable] @param {any} [detail] */
  initCustomEvent(type, bubbles, cancelable, detail = null) {
    this.initEvent(type, bubbles, cancelable);
    this[INIT].detail = detail;
  }
}

export class UIEvent extends Event {
  get detail() { return this[INIT].detail ?? 0; }
  get sourceCapabilities() { return this[INIT].sourceCapabilities ?? null; }

  get view() { return this[INIT].view ?? null; }
  get which() { return this[INIT].which ?? 0; }

  /** @param {any} type @param {any} [bubbles] @param {any} [cancelable] @param {any} [view] @param {any} [detail] */
  initUIEvent(type, bubbles, cancelable, view, detail = 0) {
    this.initEvent(type, bubbles, cancelable);
    Object.assign(this[INIT], { view, detail });
  }
}

/** @type {readonly any[]} */
const NO_PORTS = Object.freeze([]);
const MODIFIER_KEYS = { Control: 'ctrlKey', Shift: 'shiftKey', Alt: 'altKey', Meta: 'metaKey' };

export class MouseEvent extends UIEvent {
  get ctrlKey() { return this[INIT].ctrlKey ?? false; }
  get shiftKey() { return this[INIT].shiftKey ?? false; }
  get altKey() { return this[INIT].altKey ?? false; }
  get metaKey() { return this[INIT].metaKey ?? false; }
  get clientX() { return this[INIT].clientX ?? 0; }
  get clientY() { return this[INIT].clientY ?? 0; }
  get screenX() { return this[INIT].screenX ?? 0; }
  get screenY() { return this[INIT].screenY ?? 0; }
  get movementX() { return this[INIT].movementX ?? 0; }
  get movementY() { return this[INIT].movementY ?? 0; }
  get button() { return this[INIT].button ?? 0; }
  get buttons() { return this[INIT].buttons ?? 0; }
  get relatedTarget() { return this[INIT].relatedTarget ?? null; }

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

/** @param {MouseEvent} event @returns {{left: number, top: number}} */
function placeOfTarget(event) {
  const { target } = event[ROUTE];
  return target?.getBoundingClientRect ? target.getBoundingClientRect() : { left: 0, top: 0 };
}

export class PointerEvent extends MouseEvent {
  get pointerId() { return this[INIT].pointerId ?? 0; }
  get width() { return this[INIT].width ?? 1; }
  get height() { return this[INIT].height ?? 1; }
  get pressure() { return this[INIT].pressure ?? 0; }
  get tangentialPressure() { return this[INIT].tangentialPressure ?? 0; }
  get tiltX() { return this[INIT].tiltX ?? 0; }
  get tiltY() { return this[INIT].tiltY ?? 0; }
  get twist() { return this[INIT].twist ?? 0; }
  get pointerType() { return this[INIT].pointerType ?? ''; }
  get isPrimary() { return this[INIT].isPrimary ?? false; }

  getCoalescedEvents() { return [this]; }
  getPredictedEvents() { return []; }
}

export class WheelEvent extends MouseEvent {
  get deltaX() { return this[INIT].deltaX ?? 0; }
  get deltaY() { return this[INIT].deltaY ?? 0; }
  get deltaZ() { return this[INIT].deltaZ ?? 0; }
  get deltaMode() { return this[INIT].deltaMode ?? 0; }

  get wheelDelta() { return -(this[INIT].deltaY ?? 0) * 1.2; }
}
constants(WheelEvent, { DOM_DELTA_PIXEL: 0, DOM_DELTA_LINE: 1, DOM_DELTA_PAGE: 2 });

export class DragEvent extends MouseEvent {
  get dataTransfer() { return this[INIT].dataTransfer ?? null; }
}

export class KeyboardEvent extends UIEvent {
  get ctrlKey() { return this[INIT].ctrlKey ?? false; }
  get shiftKey() { return this[INIT].shiftKey ?? false; }
  get altKey() { return this[INIT].altKey ?? false; }
  get metaKey() { return this[INIT].metaKey ?? false; }
  get key() { return this[INIT].key ?? ''; }
  get code() { return this[INIT].code ?? ''; }
  get location() { return this[INIT].location ?? 0; }
  get repeat() { return this[INIT].repeat ?? false; }
  get isComposing() { return this[INIT].isComposing ?? false; }
  get charCode() { return this[INIT].charCode ?? 0; }
  get keyCode() { return this[INIT].keyCode ?? 0; }

  get which() { return this[INIT].which ?? this[INIT].keyCode ?? 0; }

  /** @param {string} key */
  getModifierState(key) {
    return Boolean(this[INIT][/** @type {any} */ (MODIFIER_KEYS)[key]]);
  }
}
constants(KeyboardEvent, { DOM_KEY_LOCATION_STANDARD: 0, DOM_KEY_LOCATION_LEFT: 1, DOM_KEY_LOCATION_RIGHT: 2, DOM_KEY_LOCATION_NUMPAD: 3 });

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
  get ctrlKey() { return this[INIT].ctrlKey ?? false; }
  get shiftKey() { return this[INIT].shiftKey ?? false; }
  get altKey() { return this[INIT].altKey ?? false; }
  get metaKey() { return this[INIT].metaKey ?? false; }

  get touches() { return touchList(this[INIT].touches); }
  get targetTouches() { return touchList(this[INIT].targetTouches); }
  get changedTouches() { return touchList(this[INIT].changedTouches); }
}

/** @param {any} touches an array becomes a list @returns {any} */
function touchList(touches = []) {
  if (!touches.item) Object.defineProperty(touches, 'item', { value: (/** @type {number} */ i) => touches[i] ?? null });
  return touches;
}

export class FocusEvent extends UIEvent {
  get relatedTarget() { return this[INIT].relatedTarget ?? null; }
}

export class InputEvent extends UIEvent {
  get data() { return this[INIT].data ?? null; }
  get inputType() { return this[INIT].inputType ?? ''; }
  get isComposing() { return this[INIT].isComposing ?? false; }
  get dataTransfer() { return this[INIT].dataTransfer ?? null; }
}

export class CompositionEvent extends UIEvent {
  get data() { return this[INIT].data ?? ''; }
}

export class MessageEvent extends Event {
  get data() { return this[INIT].data ?? null; }
  get origin() { return this[INIT].origin ?? ''; }
  get lastEventId() { return this[INIT].lastEventId ?? ''; }
  get source() { return this[INIT].source ?? null; }
  get ports() { return this[INIT].ports ?? NO_PORTS; }
}

export class ProgressEvent extends Event {
  get lengthComputable() { return this[INIT].lengthComputable ?? false; }
  get loaded() { return this[INIT].loaded ?? 0; }
  get total() { return this[INIT].total ?? 0; }
}

export class ErrorEvent extends Event {
  get message() { return this[INIT].message ?? ''; }
  get filename() { return this[INIT].filename ?? ''; }
  get lineno() { return this[INIT].lineno ?? 0; }
  get colno() { return this[INIT].colno ?? 0; }
  get error() { return this[INIT].error ?? null; }
}

export class PromiseRejectionEvent extends Event {
  get promise() { return this[INIT].promise ?? null; }
  get reason() { return this[INIT].reason; }
}

export class CloseEvent extends Event {
  get wasClean() { return this[INIT].wasClean ?? false; }
  get code() { return this[INIT].code ?? 0; }
  get reason() { return this[INIT].reason ?? ''; }
}

export class HashChangeEvent extends Event {
  get oldURL() { return this[INIT].oldURL ?? ''; }
  get newURL() { return this[INIT].newURL ?? ''; }
}

export class PopStateEvent extends Event {
  get state() { return this[INIT].state ?? null; }
}

export class PageTransitionEvent extends Event {
  get persisted() { return this[INIT].persisted ?? false; }
}

export class StorageEvent extends Event {
  get key() { return this[INIT].key ?? null; }
  get oldValue() { return this[INIT].oldValue ?? null; }
  get newValue() { return this[INIT].newValue ?? null; }
  get url() { return this[INIT].url ?? ''; }
  get storageArea() { return this[INIT].storageArea ?? null; }
}

export class AnimationEvent extends Event {
  get animationName() { return this[INIT].animationName ?? ''; }
  get elapsedTime() { return this[INIT].elapsedTime ?? 0; }
  get pseudoElement() { return this[INIT].pseudoElement ?? ''; }
}

export class TransitionEvent extends Event {
  get propertyName() { return this[INIT].propertyName ?? ''; }
  get elapsedTime() { return this[INIT].elapsedTime ?? 0; }
  get pseudoElement() { return this[INIT].pseudoElement ?? ''; }
}

export class SubmitEvent extends Event {
  get submitter() { return this[INIT].submitter ?? null; }
}

export class BeforeUnloadEvent extends Event {}
export class GamepadEvent extends Event {
  get gamepad() { return this[INIT].gamepad ?? null; }
}

export class DeviceOrientationEvent extends Event {
  get alpha() { return this[INIT].alpha ?? null; }
  get beta() { return this[INIT].beta ?? null; }
  get gamma() { return this[INIT].gamma ?? null; }
  get absolute() { return this[INIT].absolute ?? false; }
}

export class DeviceMotionEvent extends Event {}

/** What document.createEvent knows, by its name in small letters without a final s. @type {Record<string, any>} */
export const CREATED_EVENTS = {
  event: Event, htmlevent: Event, customevent: CustomEvent, uievent: UIEvent, mouseevent: MouseEvent, keyboardevent: KeyboardEvent,
  messageevent: MessageEvent, touchevent: TouchEvent, focusevent: FocusEvent, storageevent: StorageEvent,
};
