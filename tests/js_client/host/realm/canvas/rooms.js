/**
 * A canvas room for tests: the real kernel with files in memory, and real pixels where npm's canvas is installed.
 */

import { installCanvas } from '../../../../../js_client/host/realm/canvas/canvas.js';
import { createKernel } from '../../../../../js_client/host/realm/kernel.js';
import { findRealCanvas } from '../../../../../js_client/host/vm/real-canvas.js';

/** @type {any} */
let native;
try {
  native = findRealCanvas();
} catch {
  native = undefined;
}

/** For tests of pixels: why they are skipped, or false. */
export const withoutPixels = native ? false : '@napi-rs/canvas is not installed';

/**
 * @param {{canvas?: 'none'|'real', kind?: string, files?: Record<string, Uint8Array>, cache?: Map<string, any>, natives?: object}} [options]
 */
export function canvasRoom({ canvas = 'none', kind = 'wechat', files = {}, cache = new Map(), natives = {} } = {}) {
  const reads = [];
  const kernel = createKernel({ Blob }, {
    readText: () => undefined, exists: (path) => path in files,
    readBytes(path) {
      reads.push(path);
      return files[path] && Uint8Array.from(files[path]).buffer;
    },
    drain() {}, lend: {}, cache, canvas: native, ...natives,
  }, { name: 'test', kind, screen: { width: 300, height: 150, pixel_ratio: 1, canvas }, time: { fps: 60, start: '2024-01-01T00:00:00Z' } }, 1);
  installCanvas(kernel);
  return { kernel, room: kernel.canvas, reads, notes: () => kernel.report.summary() };
}

/** A 2D context and what belongs to it. */
export function context2d(options, { width = 300, height = 150 } = {}) {
  const made = canvasRoom(options);
  const owner = { width, height };
  return { ...made, owner, context: made.room.contextOf(owner, '2d') };
}

/** The colour of one pixel of a real context. @returns {number[]} */
export function pixel(context, x, y) {
  return [...context.getImageData(x, y, 1, 1).data];
}
