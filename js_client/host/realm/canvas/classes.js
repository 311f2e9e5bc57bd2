/**
 * The classes and functions of drawing that a game's global scope has.
 */

import { createBitmapMaker, createOffscreenCanvasClass, ImageBitmap } from './bitmaps.js';
import { ImageBitmapRenderingContext } from './context2d.js';
import { DOMMatrix, DOMPoint } from './geometry.js';
import { ImageData } from './image-data.js';
import { CanvasGradient, CanvasPattern } from './paints.js';
import { Path2D } from './path2d.js';
import { TextMetrics } from './text.js';
import { webglClasses } from './webgl-objects.js';
import { webglContexts } from './webgl.js';

/**
 * By name; those of WebGL's contexts are made when they are read.
 * @param {import('./canvas.js').CanvasRoom} room @param {any} Context2D
 * @returns {Record<string, any>}
 */
export function canvasClasses(room, Context2D) {
  return {
    CanvasRenderingContext2D: Context2D, CanvasGradient, CanvasPattern, TextMetrics, Path2D, ImageData, ImageBitmap, ImageBitmapRenderingContext,
    DOMMatrix, DOMMatrixReadOnly: DOMMatrix, WebKitCSSMatrix: DOMMatrix, DOMPoint, DOMPointReadOnly: DOMPoint,
    OffscreenCanvas: createOffscreenCanvasClass(room), OffscreenCanvasRenderingContext2D: Context2D,
    createImageBitmap: createBitmapMaker(room), ...webglClasses(),
    get WebGLRenderingContext() { return webglContexts().WebGLRenderingContext; },
    get WebGL2RenderingContext() { return webglContexts().WebGL2RenderingContext; },
  };
}

/** Defines them as platforms do: hidden from enumeration, and the game's to replace. @param {any} scope @param {Record<string, any>} classes */
export function defineClasses(scope, classes) {
  for (const [name, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(classes))) {
    const define = (/** @type {any} */ known) => Object.defineProperty(scope, name, { value: known, configurable: true, writable: true, enumerable: false });
    if (get) Object.defineProperty(scope, name, { get, set: define, configurable: true, enumerable: false });
    else define(value);
  }
}
