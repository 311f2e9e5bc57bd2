/**
 * navigator, screen and matchMedia: a desktop Chrome with the description's screen; with touch where the description
 * plays by touch.
 */

import { EventTarget, handlersOf } from './targets.js';
import { here } from './here.js';
import { later } from './blobs.js';

const CHROME = '124.0.0.0';
const USER_AGENT = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${CHROME} Safari/537.36`;

/** Whether the game is played by touch, so that it should find a touch screen. */
export function hasTouch() {
  const { action, episode } = here.kernel.description;
  return /"(touch|to)":/.test(JSON.stringify([action, episode?.start]) ?? '');
}

export class Navigator {
  userAgent = USER_AGENT;
  appVersion = USER_AGENT.slice('Mozilla/'.length);
  appName = 'Netscape';
  appCodeName = 'Mozilla';
  product = 'Gecko';
  productSub = '20030107';
  platform = 'Linux x86_64';
  vendor = 'Google Inc.';
  vendorSub = '';
  language = 'en-US';
  languages = Object.freeze(['en-US', 'en']);
  onLine = true;
  cookieEnabled = true;
  doNotTrack = null;
  webdriver = false;
  hardwareConcurrency = 4;
  deviceMemory = 8;
  pdfViewerEnabled = false;
  maxTouchPoints = hasTouch() ? 5 : 0;
  /** @type {any[]} */
  plugins = [];
  /** @type {any[]} */
  mimeTypes = [];
  userActivation = { isActive: true, hasBeenActive: true };
  connection = { effectiveType: '4g', downlink: 10, rtt: 50, saveData: false, addEventListener() {}, removeEventListener() {} };
  permissions = { query: () => later(() => ({ state: 'denied', onchange: null, addEventListener() {} })) };
  clipboard = { writeText: () => later(() => undefined), readText: () => later(() => '') };
  mediaDevices = { enumerateDevices: () => later(() => []), getUserMedia: refused('NotFoundError'), addEventListener() {} };
  storage = { estimate: () => later(() => ({ quota: 1e9, usage: 0 })), persist: () => later(() => false), persisted: () => later(() => false) };
  geolocation = { getCurrentPosition() {}, watchPosition: () => 0, clearWatch() {} };
  wakeLock = { request: () => later(() => ({ released: false, release: () => later(() => undefined), addEventListener() {} })) };

  getGamepads() { return [null, null, null, null]; }
  vibrate() { return true; }
  javaEnabled() { return false; }
  sendBeacon() { return true; }
  registerProtocolHandler() {}
  canShare() { return false; }
  share() { return refused('NotAllowedError')(); }
  getBattery() { return later(() => ({ charging: true, level: 1, chargingTime: 0, dischargingTime: Infinity, addEventListener() {} })); }
  get [Symbol.toStringTag]() { return 'Navigator'; }
}

/** @param {string} name of the exception @returns {() => Promise<never>} */
function refused(name) {
  return () => later(() => {
    throw new here.window.DOMException('not available', name);
  });
}

export class Screen extends EventTarget {
  width = here.kernel.screen.width;
  height = here.kernel.screen.height;
  availWidth = here.kernel.screen.width;
  availHeight = here.kernel.screen.height;
  availLeft = 0;
  availTop = 0;
  colorDepth = 24;
  pixelDepth = 24;
  orientation = orientation();
}

function orientation() {
  const isWide = here.kernel.screen.width >= here.kernel.screen.height;
  return Object.assign(new EventTarget(), {
    type: isWide ? 'landscape-primary' : 'portrait-primary', angle: 0, onchange: null,
    lock: refused('NotSupportedError'), unlock() {},
  });
}

export class MediaQueryList extends EventTarget {
  /** @param {string} media */
  constructor(media) {
    super();
    this.media = media;
    this.matches = mediaMatches(media);
  }

  /** @param {any} work */
  addListener(work) { this.addEventListener('change', work); }
  /** @param {any} work */
  removeListener(work) { this.removeEventListener('change', work); }
}
handlersOf(MediaQueryList, 'change');

/** Whether a media query holds for this screen: any of its alternatives. @param {string} media */
export function mediaMatches(media) {
  const text = String(media).trim().toLowerCase();
  return text === '' || text.split(',').some(alternativeHolds);
}

/** @param {string} text */
function alternativeHolds(text) {
  const isNegated = /^\s*not\s/.test(text);
  const type = /^\s*(?:only\s+|not\s+)?([a-z]+)/.exec(text)?.[1];
  const features = text.match(/\([^()]*\)/g) ?? [];
  const holds = (type === undefined || type === 'all' || type === 'screen') && features.every((feature) => featureHolds(feature.slice(1, -1)));
  return holds !== isNegated;
}

/** @param {string} feature such as `max-width: 600px` */
function featureHolds(feature) {
  const [name, value = ''] = feature.split(':').map((part) => part.trim());
  const { width, height, pixelRatio } = here.kernel.screen;
  /** @type {Record<string, number>} */
  const sides = { width, height, 'device-width': width, 'device-height': height, resolution: pixelRatio, '-webkit-device-pixel-ratio': pixelRatio, 'aspect-ratio': width / height };
  const [, bound, side] = /^(min-|max-)?(.*)$/.exec(name.replace(/^-webkit-(min|max)-/, '$1--webkit-')) ?? [];
  if (side !== undefined && side in sides) return within(sides[side], quantity(value), bound);
  /** @type {Record<string, string>} */
  const answers = {
    orientation: width > height ? 'landscape' : 'portrait', hover: hasTouch() ? 'none' : 'hover', pointer: hasTouch() ? 'coarse' : 'fine',
    'any-hover': hasTouch() ? 'none' : 'hover', 'any-pointer': hasTouch() ? 'coarse' : 'fine',
    'prefers-color-scheme': 'light', 'prefers-reduced-motion': 'no-preference', 'display-mode': 'browser',
  };
  return answers[name] === value;
}

/** @param {number} actual @param {number} wanted @param {string|undefined} bound */
function within(actual, wanted, bound) {
  if (bound === 'min-') return actual >= wanted;
  return bound === 'max-' ? actual <= wanted : actual === wanted;
}

/** @param {string} value a length, a resolution or a ratio */
function quantity(value) {
  const [, above, below] = /^([\d.]+)\s*\/\s*([\d.]+)$/.exec(value) ?? [];
  if (below) return Number(above) / Number(below);
  const number = parseFloat(value);
  if (/r?em$/.test(value)) return number * 16;
  return value.endsWith('dpi') ? number / 96 : number;
}
