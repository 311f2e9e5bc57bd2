/**
 * Pictures that a game loads: from its package, from `data:` and `blob:` URLs, always as a task in virtual time.
 *
 * Without a real canvas a picture is no more than its size, which the head of its file tells.
 */

import { fromBase64, toUtf8 } from '../../../src/bytes.js';
import { imageSize } from './image-sizes.js';
import { nativePictures } from './sources.js';

/** Object URLs are the page's: it keeps their blobs in `blobs`. @typedef {import('../kernel.js').Kernel & {blobs?: Map<string, any>}} Kernel */
/** @typedef {{width: number, height: number}} Picture */

/** Virtual milliseconds that every picture takes: they come in the order in which they were asked for. */
const LOADING_TIME = 1;

/**
 * @param {Kernel} kernel
 * @param {{attach: (object: any, picture?: Picture) => void}} sources
 * @param {any} [canvases] the outside's, for real pictures
 */
export function createImages(kernel, sources, canvases) {
  const { clock, files, report, natives: { cache }, description } = kernel;
  const pack = `${description.root ?? ''} ${description.name ?? ''}`;

  /** @param {string} src @returns {Picture|undefined} */
  const loaded = (src) => {
    if (/^data:/i.test(src)) return decode(dataBytes(src));
    const path = files.pathOf(src);
    return path === undefined ? undefined : fromPackage(path);
  };
  /** Sizes are the same in all realms, so a file is read once in a process. @param {string} path */
  const fromPackage = (path) => {
    const key = `picture ${pack} ${path}`;
    if (canvases) return decode(files.bytes(path), key);
    const known = cache?.get(key);
    if (known !== undefined) return sizeFromText(known);
    const picture = decode(files.bytes(path));
    if (picture) cache?.set(key, `${picture.width} ${picture.height}`);
    return picture;
  };
  /** @param {Uint8Array|undefined} bytes @param {string} [key] the same for the same file @returns {Picture|undefined} */
  const decode = (bytes, key) => {
    if (bytes === undefined) return undefined;
    const size = imageSize(bytes);
    if (!size || !canvases) return size;
    const native = canvases.decode(bytes, key);
    if (native) nativePictures.set(size, native);
    return native && size;
  };

  return {
    /**
     * @param {string} src
     * @param {(error: Error|undefined, picture?: Picture) => void} done a task of its own
     */
    load(src, done) {
      const url = String(src);
      const finish = (/** @type {Picture|undefined} */ picture) => {
        if (picture) return done(undefined, picture);
        report.note('missing_images', url);
        return done(new Error(`no picture: ${url.slice(0, 200)}`));
      };
      const blob = kernel.blobs?.get(url);
      if (!blob) return void clock.later(() => finish(loaded(url)), LOADING_TIME);
      blob.arrayBuffer().then((/** @type {ArrayBuffer} */ buffer) => clock.later(() => finish(decode(new Uint8Array(buffer))), LOADING_TIME));
    },
    attach: sources.attach,
    /** The picture in a file's bytes, at once. @type {(bytes: Uint8Array) => Picture|undefined} */
    decode,
  };
}

/** @param {string} text */
function sizeFromText(text) {
  const [width, height] = text.split(' ').map(Number);
  return { width, height };
}

/** @param {string} url @returns {Uint8Array|undefined} */
function dataBytes(url) {
  const [, head, body] = /^data:([^,]*),(.*)$/is.exec(url) ?? [];
  if (body === undefined) return undefined;
  const text = percentDecoded(body);
  return /;\s*base64\s*$/i.test(head) ? fromBase64(text.replace(/\s/g, '')) : toUtf8(text);
}

/** @param {string} text */
function percentDecoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
