/**
 * The files that a mini-game sees: those of its package, which it may read, and its own, which live in memory.
 */

import { WxFailure } from './calls.js';
import { base64Bytes, base64Text } from './encodings.js';

/** @typedef {ReturnType<typeof createDisk>} Disk */

export const USER_FOLDER = 'wxfile://usr';
const TEMPORARY_FOLDER = 'wxfile://tmp';

/** @param {import('../kernel.js').Kernel} kernel */
export function createDisk(kernel) {
  /** The game's own files, by path. @type {Map<string, {bytes: Uint8Array, time: number}>} */
  const own = new Map();
  const folders = new Set([USER_FOLDER, TEMPORARY_FOLDER]);
  /** @param {string} path */
  const inPackage = (path) => (isOwnPath(path) ? undefined : kernel.files.pathOf(path));
  const disk = {
    own, folders,
    /** @param {string} path @returns {Uint8Array|undefined} not to be changed */
    read(path) {
      if (isOwnPath(path)) return own.get(cleanPath(path))?.bytes;
      const inside = inPackage(path);
      return inside ? kernel.files.bytes(inside) : undefined;
    },
    /** @param {string} path */
    exists(path) {
      if (isOwnPath(path)) return own.has(cleanPath(path)) || folders.has(cleanPath(path));
      const inside = inPackage(path);
      return inside !== undefined && kernel.files.exists(inside);
    },
    /** @param {string} path @param {Uint8Array} bytes @param {string} what for the message */
    write(path, bytes, what) {
      const place = ownPath(path, what);
      if (!folders.has(parentFolder(place))) throw new WxFailure(`no such file or directory, ${what} '${path}'`);
      if (folders.has(place)) throw new WxFailure(`illegal operation on a directory, ${what} '${path}'`);
      own.set(place, { bytes, time: kernel.clock.date() });
    },
    /** Makes a temporary file. @param {string} name @param {string|Uint8Array} content a data URL, or bytes @returns {string} its path */
    keep(name, content) {
      const path = `${TEMPORARY_FOLDER}/${name}`;
      const bytes = typeof content === 'string' ? base64Bytes(content.slice(content.indexOf(',') + 1)) : content;
      own.set(path, { bytes, time: kernel.clock.date() });
      return path;
    },
    /** The address by which images are loaded: for a file of the game's own a data URL. @param {string} source */
    located(source) {
      const bytes = isOwnPath(source) ? own.get(cleanPath(source))?.bytes : undefined;
      return bytes ? `data:image/${bytes[0] === 0xff ? 'jpeg' : 'png'};base64,${base64Text(bytes)}` : source;
    },
  };
  return disk;
}

/** @param {string} path */
export function isOwnPath(path) {
  return /^(wxfile|http):\/\/(usr|tmp|store)(\/|$)/.test(path);
}

/** Where a file of the game's own lies. @param {string} path @param {string} what for the message @throws {WxFailure} it is in the package */
export function ownPath(path, what) {
  if (!isOwnPath(String(path))) throw new WxFailure(`permission denied, ${what} '${path}'`);
  return cleanPath(path);
}

/** @param {string} path */
export function parentFolder(path) {
  return path.slice(0, path.lastIndexOf('/'));
}

/** @param {string} path */
function cleanPath(path) {
  return path.replace(/^http:/, 'wxfile:').replace(/([^:/])\/+/g, '$1/').replace(/\/$/, '');
}
