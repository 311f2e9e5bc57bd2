/**
 * The canvases of mini-programs' pages, by name. Without a layout each has the size that its element states, or the screen's.
 */

import { addTempFiles, createWxCanvas } from './canvas.js';
import { createWxImage } from './image.js';
import { wxmlSelected, wxmlSize } from './wxml.js';

/** @typedef {ReturnType<typeof createCanvasNodes>} CanvasNodes */

/** Of the drawing, until the game sets it. */
const CANVAS_NODE_SIZE = [300, 150];

/** @param {import('./wx.js').WxRoom} room @param {() => import('./wxml.js').WxmlElement[]} elements those of the current page */
export function createCanvasNodes({ kernel, calls, disk }, elements) {
  /** @type {Map<string, any>} */
  const nodes = new Map();
  /** @param {string} selector */
  const shown = (selector) => {
    const element = wxmlSelected(elements(), selector);
    return { width: wxmlSize(element, 'width') ?? kernel.screen.width, height: wxmlSize(element, 'height') ?? kernel.screen.height };
  };
  /** @param {string} selector @param {number[]} size */
  const made = (selector, [width, height]) => {
    let files = 0;
    const canvas = addTempFiles(createWxCanvas(kernel, width, height), calls, (url, ending) => disk.keep(`${selector.slice(1)}-${++files}.${ending}`, url));
    // The first one that a game draws on is taken for what is seen.
    if (nodes.size === 0) kernel.canvas.setScreen(canvas);
    nodes.set(selector, canvas);
    return Object.assign(canvas, {
      id: selector.slice(1),
      createImage: () => createWxImage(kernel, disk.located),
      createPath2D: (/** @type {any[]} */ ...args) => new kernel.canvas.globals.Path2D(...args),
      createImageData: (/** @type {any[]} */ ...args) => new kernel.canvas.globals.ImageData(...args),
      requestAnimationFrame: (/** @type {Function} */ work) => kernel.clock.frame(work),
      cancelAnimationFrame: (/** @type {number} */ id) => kernel.clock.cancelFrame(id),
    });
  };
  return {
    shown,
    /** The newer form: drawn on as browsers do. @param {string} selector */
    node: (selector) => nodes.get(selector) ?? made(selector, CANVAS_NODE_SIZE),
    /** The older form: as large as it is shown. @param {string} name of canvas-id */
    legacy(name) {
      const { width, height } = shown(`#${name}`);
      return nodes.get(`#${name}`) ?? made(`#${name}`, [width, height]);
    },
    /** @param {string} selector */
    isCanvas: (selector) => nodes.has(selector) || wxmlSelected(elements(), selector)?.tag === 'canvas',
  };
}
