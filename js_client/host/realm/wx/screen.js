/**
 * What a game draws with: canvases, images, fonts, and how often.
 */

import { addTempFiles, createWxCanvas } from './canvas.js';
import { createWxImage } from './image.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */

/** @param {WxRoom} room */
export function wxScreen({ kernel, calls, families, disk }) {
  const { screen, clock } = kernel;
  let hasScreen = false;
  let files = 0;
  /** @param {string} url @param {string} ending */
  const keep = (url, ending) => disk.keep(`canvas-${++files}.${ending}`, url);
  families.events('Wheel ScreenRecordingStateChanged');
  return {
    /** The first is the screen, later ones are off it. */
    createCanvas() {
      const canvas = addTempFiles(createWxCanvas(kernel, screen.width, screen.height), calls, keep);
      if (!hasScreen) kernel.canvas.setScreen(canvas);
      hasScreen = true;
      return canvas;
    },
    /** @param {{width?: number, height?: number}} [size] */
    createOffscreenCanvas: ({ width = screen.width, height = screen.height } = {}) =>
      addTempFiles(createWxCanvas(kernel, width, height), calls, keep),
    createImage: () => createWxImage(kernel, disk.located),
    createPath2D: (/** @type {any[]} */ ...args) => new kernel.canvas.globals.Path2D(...args),
    createImageData: (/** @type {any[]} */ ...args) => new kernel.canvas.globals.ImageData(...args),
    loadFont: wxFontFamily,
    getTextLineHeight: (/** @type {any} */ { fontSize = 16 } = {}) => Math.ceil(fontSize * 1.2),
    setPreferredFramesPerSecond: (/** @type {number} */ fps) => clock.setFps(Math.min(60, Math.max(1, fps))),
    // In the simulator these are milliseconds, on phones microseconds.
    getPerformance: () => ({ now: () => clock.now(), timeOrigin: clock.date() - clock.now() }),
    triggerGC: () => undefined,
    setCursor: () => true,
    requestPointerLock: () => undefined,
    exitPointerLock: () => undefined,
    isPointerLocked: () => false,
  };
}

/** The name of a font's family, which no system could tell without reading the file. @param {string} path */
function wxFontFamily(path) {
  return String(path).split('/').at(-1)?.replace(/\.\w+$/, '') || null;
}
