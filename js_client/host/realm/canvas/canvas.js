/**
 * The canvas room of a realm: contexts for everything that can be drawn on, what the screen shows, and the classes that
 * a game sees.
 *
 * Drawing does nothing unless the outside gives real canvases (`natives.canvas`) and the description wants them. An *owner* is any object
 * with width and height: an element, a canvas of wx, an OffscreenCanvas.
 */

import { fromBase64, toBase64 } from '../../../src/bytes.js';
import { canvasClasses, defineClasses } from './classes.js';
import { CanvasRenderingContext2D, ImageBitmapRenderingContext } from './context2d.js';
import { createRecorder, DRAW_CALLS, recordCalls, WEBGL_DRAW_CALL } from './fingerprint.js';
import { createImages } from './images.js';
import { blankPng } from './png.js';
import { RealContext2D } from './real2d.js';
import { createScreenshots } from './screenshots.js';
import { createSources } from './sources.js';
import { NARROW_BOX, neutralText, WIDE_BOX } from './text.js';
import { webglContexts } from './webgl.js';

/** @typedef {import('../kernel.js').Kernel} Kernel */
/** @typedef {ReturnType<typeof createCanvas>} CanvasRoom */
/** @typedef {{kind: string, context: any, native?: any}} Known */

const CONTEXT_KINDS = new Map([['2d', '2d'], ['webgl', 'webgl'], ['experimental-webgl', 'webgl'], ['webgl2', 'webgl2'], ['bitmaprenderer', 'bitmaprenderer']]);

/** What is behind a canvas that is not painted everywhere: a page is white, a mini-game's screen black. @type {Record<string, string>} */
const BACKGROUNDS = { browser: '#ffffff' };

/** Gives the kernel its canvas and its images. @param {Kernel} kernel */
export function installCanvas(kernel) {
  kernel.canvas = createCanvas(kernel);
  kernel.images = kernel.canvas.images;
}

/** @param {Kernel} kernel */
export function createCanvas(kernel) {
  const { report, description } = kernel;
  const isReal = description.screen.canvas === 'real';
  const natives = isReal ? kernel.natives.canvas : undefined;
  if (isReal && !natives) report.note('needs_canvas', 'screen.canvas = "real" without @napi-rs/canvas');
  /** @type {WeakMap<object, Known>} */
  const contexts = new WeakMap();
  const recorder = createRecorder();
  const sources = createSources({ has: (owner) => contexts.has(owner), native: (owner) => contexts.get(owner)?.native });
  const screenshots = createScreenshots(natives, BACKGROUNDS[description.kind] ?? '#000000');
  const Context2D = natives ? RealContext2D : CanvasRenderingContext2D;
  /** @type {any} */
  let shown;
  /** The largest owner that has ever got a context, for games that do not say what they show. @type {any} */
  let largest;

  /** @param {string} kind @param {any} owner @param {any} attributes @returns {Known|null} */
  const made = (kind, owner, attributes) => {
    switch (kind) {
      case '2d': {
        if (!natives) return { kind, context: new CanvasRenderingContext2D(room, owner, attributes) };
        const native = natives.create(sideOf(owner.width), sideOf(owner.height));
        return { kind, native, context: new RealContext2D(room, owner, attributes, native.getContext('2d')) };
      }
      case 'bitmaprenderer': return { kind, context: new ImageBitmapRenderingContext(owner) };
      // Engines that find no WebGL draw in two dimensions: with real pixels.
      default: return isReal ? null : { kind, context: webglContext(room, kind, owner, attributes) };
    }
  };

  const room = {
    kernel, natives, sources,
    images: createImages(kernel, sources, natives),
    /**
     * The owner's context: always the same one, and none of another type.
     * @param {any} owner @param {any} type @param {any} [attributes] @returns {any} null where there is none
     */
    contextOf(owner, type, attributes) {
      const kind = CONTEXT_KINDS.get(type);
      const known = contexts.get(owner);
      if (known) return known.kind === kind ? known.context : null;
      const fresh = kind === undefined ? null : made(kind, owner, attributes);
      if (!fresh) return null;
      contexts.set(owner, fresh);
      recorder.listen(fresh.context);
      if (!largest || areaOf(owner) > areaOf(largest)) largest = owner;
      return fresh.context;
    },
    /** The owner's width or height has been set, even to what it was. @param {any} owner */
    resized(owner) {
      const known = contexts.get(owner);
      if (known?.native) {
        known.native.width = sideOf(owner.width);
        known.native.height = sideOf(owner.height);
      }
      known?.context.reset?.();
      if (known && areaOf(owner) > areaOf(largest)) largest = owner;
    },
    /** @param {any} owner @param {any} [type] @param {any} [quality] @returns {string} */
    dataURL(owner, type = 'image/png', quality) {
      if (!(areaOf(owner) > 0)) return 'data:,';
      const native = contexts.get(owner)?.native;
      if (native) return native.toDataURL(...encodingOf(type, quality));
      if (contexts.has(owner)) room.needsCanvas('toDataURL');
      return `data:image/png;base64,${toBase64(blankPng(owner.width, owner.height))}`;
    },
    /** What a blob of the canvas holds. @param {any} owner @param {any} [type] @param {any} [quality] @returns {{type: string, bytes: Uint8Array}|null} */
    encoded(owner, type, quality) {
      const [, made, body] = /^data:(.*);base64,(.*)$/.exec(room.dataURL(owner, type, quality)) ?? [];
      return body === undefined ? null : { type: made, bytes: fromBase64(body) };
    },
    /** What is to be seen, four bytes a pixel. @param {any} owner @returns {{width: number, height: number, data: Uint8ClampedArray}|null} null where nothing is drawn */
    pixels: (owner) => screenshots.pixels(contexts.get(owner)?.native),
    /**
     * The same as an observation of height × width × (1 or 3) bytes.
     * @param {any} owner @param {number} width @param {number} height @param {boolean} grey @returns {Uint8Array}
     */
    scaled: (owner, width, height, grey) => screenshots.scaled(contexts.get(owner)?.native, width, height, grey),
    /** The owner that is shown. @returns {any} */
    screen: () => shown ?? largest,
    /** @param {any} owner */
    setScreen(owner) { shown = owner; },
    /** Begins or ends listening to what is drawn. @param {boolean} isOn */
    record(isOn) {
      recorder.isOn = isOn;
      if (!isOn) return;
      recordCalls(Context2D.prototype, DRAW_CALLS);
      for (const { prototype } of isReal ? [] : Object.values(webglContexts())) recordCalls(prototype, drawCallsOf(prototype));
    },
    /** A number for all that has been drawn since it was last asked for; being asked for the first time begins it. @returns {number} */
    fingerprint() {
      if (!recorder.isOn) room.record(true);
      return recorder.take();
    },
    /** @param {string} what the game asks for */
    needsCanvas(what) { report.note('needs_canvas', what); },
    /** @param {string} text that has characters which only a real font has */
    needsFonts(text) {
      const strange = [...text].filter((character) => [NARROW_BOX, WIDE_BOX].includes(neutralText(character)));
      if (strange.length > 0) report.note('needs_canvas', `fonts with ${[...new Set(strange)].join('').slice(0, 20)}`);
    },
    /** What the game's global scope has, by name. @type {Record<string, any>} */
    globals: {},
    /** Puts them all there. @param {any} scope */
    defineGlobals(scope) { defineClasses(scope, room.globals); },
  };
  room.globals = canvasClasses(room, Context2D);
  return room;
}

/** @param {CanvasRoom} room @param {string} kind @param {any} owner @param {any} attributes */
function webglContext(room, kind, owner, attributes) {
  const { WebGLRenderingContext, WebGL2RenderingContext } = webglContexts();
  return new (kind === 'webgl2' ? WebGL2RenderingContext : WebGLRenderingContext)(room, owner, attributes);
}

/** @param {number} length */
function sideOf(length) {
  return Math.max(1, Math.trunc(length) || 0);
}

/** @param {any} owner */
function areaOf({ width, height }) {
  return width * height;
}

/** @param {any} type @param {any} quality @returns {any[]} PNG for what a browser does not write either */
function encodingOf(type, quality) {
  const known = /^image\/(jpeg|webp)$/.test(type) ? type : 'image/png';
  return typeof quality === 'number' && known !== 'image/png' ? [known, quality] : [known];
}

/** @param {any} prototype */
function drawCallsOf(prototype) {
  const names = [];
  for (let holder = prototype; holder && holder !== Object.prototype; holder = Object.getPrototypeOf(holder)) names.push(...Object.getOwnPropertyNames(holder));
  return [...new Set(names)].filter((name) => WEBGL_DRAW_CALL.test(name));
}
