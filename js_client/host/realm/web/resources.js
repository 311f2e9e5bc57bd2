/**
 * What a URL of the game leads to: a file of the package, a `data:` or a `blob:` URL, and nothing else: a realm is
 * connected to no network. What is asked for in vain is in the report.
 */

import { fromBase64, toUtf8 } from '../../../src/bytes.js';
import { bytesOf } from './blobs.js';
import { here } from './here.js';

/** @typedef {{status: number, bytes: Uint8Array, type: string, url: string}} Resource */

/** @type {Record<string, string>} */
const TYPES = {
  html: 'text/html', css: 'text/css', js: 'text/javascript', mjs: 'text/javascript', json: 'application/json', txt: 'text/plain', xml: 'text/xml',
  svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', ico: 'image/x-icon',
  mp3: 'audio/mpeg', ogg: 'audio/ogg', wav: 'audio/wav', m4a: 'audio/mp4', mp4: 'video/mp4', webm: 'video/webm',
  woff: 'font/woff', woff2: 'font/woff2', ttf: 'font/ttf', wasm: 'application/wasm', csv: 'text/csv',
};

/** The whole URL that a relative one means on this page. @param {any} url @returns {string} */
export function absoluteUrl(url) {
  const text = String(url).trim();
  if (/^[a-z][\w+.-]*:/i.test(text)) return text;
  if (text.startsWith('//')) return `https:${text}`;
  const tail = /[?#].*$/s.exec(text)?.[0] ?? '';
  const path = text === tail ? here.base : here.kernel.files.pathOf(text, here.base);
  return `${ORIGIN_OF_PAGE}${path ?? '/'}${tail}`;
}

/** The origin of everything in the package. */
export const ORIGIN_OF_PAGE = 'https://game.stepwire';

/** @param {any} url @returns {string|undefined} the path in the package */
export function packagePath(url) {
  return here.kernel.files.pathOf(String(url).trim(), here.base);
}

/**
 * What a URL leads to; undefined for what is on a network. A missing file is a resource too, with status 404.
 * @param {any} url @param {string} [method] @returns {Resource|undefined}
 */
export function resource(url, method = 'GET') {
  const whole = absoluteUrl(url);
  if (whole.startsWith('data:')) return dataResource(whole);
  if (whole.startsWith('blob:')) return blobResource(whole);
  const path = packagePath(url);
  if (path === undefined) {
    here.kernel.report.note('network', whole);
    return undefined;
  }
  if (!/^(GET|HEAD)$/i.test(method)) {
    here.kernel.report.note('network', `${method} ${path}`);
    return { status: 405, bytes: new Uint8Array(0), type: 'text/plain', url: whole };
  }
  return fileResource(path, whole);
}

/** @param {string} path @param {string} url @returns {Resource} */
function fileResource(path, url) {
  const bytes = here.kernel.files.bytes(path);
  if (bytes === undefined) {
    here.kernel.report.note('missing_files', path);
    return { status: 404, bytes: toUtf8('Not Found'), type: 'text/plain', url };
  }
  return { status: 200, bytes, type: typeOf(path), url };
}

/** @param {string} path */
function typeOf(path) {
  return TYPES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
}

/** @param {string} url @returns {Resource|undefined} */
function dataResource(url) {
  const comma = url.indexOf(',');
  if (comma < 0) return undefined;
  const head = url.slice('data:'.length, comma);
  const isBase64 = /;\s*base64\s*$/i.test(head);
  const type = head.replace(/;\s*base64\s*$/i, '') || 'text/plain;charset=US-ASCII';
  const text = unescaped(url.slice(comma + 1));
  return { status: 200, bytes: isBase64 ? fromBase64(text.replace(/\s/g, '')) : toUtf8(text), type, url };
}

/** @param {string} text */
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {string} url @returns {Resource|undefined} */
function blobResource(url) {
  const blob = here.blobs.get(url.replace(/#.*$/s, ''));
  return blob && { status: 200, bytes: bytesOf(blob), type: blob.type, url };
}
