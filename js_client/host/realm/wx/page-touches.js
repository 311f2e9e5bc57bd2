/**
 * Brings touches to a mini-program's page: to the one handler that its WXML binds. Where there are several, only a layout
 * could tell which is meant: that is noted, and none is called.
 */

import { elementsOfPage } from './components.js';
import { wxmlDataset, wxmlHandlers } from './wxml.js';

/** @typedef {import('../kernel.js').Kernel} Kernel */

/** CSS pixels that a finger may move and still have tapped. */
const TAP_DISTANCE = 10;

/** @param {Kernel} kernel @returns {(type: string, event: any) => void} */
export function pageTouches(kernel) {
  /** @type {{x: number, y: number}|undefined} */
  let began;
  /** @param {string} name @param {any} event */
  const deliver = (name, event) => {
    const page = kernel.pages.at(-1);
    const handlers = wxmlHandlers(elementsOfPage(kernel, page), name);
    if (handlers.size > 1) kernel.report.note('needs_browser', `which of ${[...handlers.keys()].join(', ')} a ${name} of ${page.route} means`);
    if (handlers.size !== 1) return;
    const [handler, element] = [...handlers][0];
    const target = { id: element.attributes.id ?? '', dataset: wxmlDataset(element), offsetLeft: 0, offsetTop: 0 };
    if (typeof page[handler] === 'function') kernel.run(page[handler], page, [{ ...event, type: name, target, currentTarget: target }]);
  };
  return (type, event) => {
    const placed = { ...event, touches: event.touches.map(touchWithPlace), changedTouches: event.changedTouches.map(touchWithPlace) };
    const [{ x, y }] = placed.changedTouches;
    deliver(`touch${type}`, { ...placed, detail: { x, y } });
    if (type === 'start') began = { x, y };
    if (type === 'end' && began && Math.hypot(x - began.x, y - began.y) < TAP_DISTANCE) deliver('tap', { ...placed, detail: { x, y } });
  };
}

/** Canvas elements' touches say their place a second time. @param {any} touch */
function touchWithPlace(touch) {
  return { ...touch, x: touch.clientX, y: touch.clientY };
}
