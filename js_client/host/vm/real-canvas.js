/**
 * The real canvas: what a realm needs of npm's `@napi-rs/canvas`, which is optional.
 *
 * The package looks for the fonts of the machine when it is loaded, and even when told not to (DISABLE_SYSTEM_FONTS_LOAD) it takes
 * the system's default font for families that it does not know, and single characters from any font that has them. So text is drawn
 * in families of our own only, and only in characters that they have: its pixels are then the same on every machine.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';

import { CannotStart } from '../arguments.js';
import { packageFolders } from '../optional.js';
import { neutralFonts } from './neutral-font.js';

const NAME = '@napi-rs/canvas';

/** Pictures of a game that are kept decoded, whichever realm asks for them. */
const MOST_PICTURES = 4096;

/** Packages whose fonts are there already. @type {WeakSet<object>} */
const prepared = new WeakSet();

/**
 * What a realm gets as `natives.canvas`: one for all realms of a game, since they share its pictures.
 * @typedef {ReturnType<typeof createRealCanvas>} RealCanvas
 */

/**
 * @param {string} [folder] of the game
 * @returns {RealCanvas}
 * @throws {CannotStart} the package is not installed, or not for this machine
 */
export function findRealCanvas(folder) {
  for (const place of packageFolders(folder)) {
    const module = canvasPackageIn(place);
    if (module) return createRealCanvas(module);
  }
  throw new CannotStart(`npm's ${NAME} is needed to draw real pixels (screen.canvas = "real"): install it with \`stepwire host --setup\``);
}

/** @param {string} folder node_modules @returns {any} undefined where it is not */
export function canvasPackageIn(folder) {
  const require = createRequire(join(folder, 'x.js'));
  let path;
  try {
    path = require.resolve(join(folder, NAME));
  } catch {
    return undefined;
  }
  const before = process.env.DISABLE_SYSTEM_FONTS_LOAD;
  process.env.DISABLE_SYSTEM_FONTS_LOAD = '1';
  try {
    return require(path);
  } catch (error) {
    const [reason] = String(error).split('\n');
    throw new CannotStart(`${path} cannot be loaded: ${reason}`, { cause: error });
  } finally {
    if (before === undefined) delete process.env.DISABLE_SYSTEM_FONTS_LOAD;
    else process.env.DISABLE_SYSTEM_FONTS_LOAD = before;
  }
}

/** @param {any} module the package */
export function createRealCanvas(module) {
  const { createCanvas, GlobalFonts, Image, ImageData, Path2D } = module;
  if (!prepared.has(module)) {
    prepared.add(module);
    GlobalFonts.removeAll();
    for (const { family, data } of neutralFonts()) GlobalFonts.register(Buffer.from(data), family);
  }
  /** @type {Map<string, any>} */
  const pictures = new Map();

  /** @param {Uint8Array} bytes @returns {any} undefined for what is no picture */
  const decoded = (bytes) => {
    const image = new Image();
    image.onerror = () => {};
    image.src = Buffer.from(bytes);
    return image.width > 0 && image.height > 0 ? image : undefined;
  };

  return {
    /** @param {number} width @param {number} height */
    create: (width, height) => createCanvas(width, height),
    /** @param {Uint8Array} bytes @param {string} [key] of a file: it is decoded once */
    decode(bytes, key) {
      if (key === undefined) return decoded(bytes);
      if (!pictures.has(key)) {
        if (pictures.size >= MOST_PICTURES) pictures.clear();
        pictures.set(key, decoded(bytes));
      }
      return pictures.get(key);
    },
    createPath: () => new Path2D(),
    /** @param {Uint8ClampedArray} data @param {number} width @param {number} height */
    imageData: (data, width, height) => new ImageData(data, width, height),
  };
}
