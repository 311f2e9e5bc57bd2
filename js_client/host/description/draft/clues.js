/**
 * What a game's texts tell of its screen, its input and its engine.
 */

import { NAMED_KEYS } from '../keys.js';

/** @typedef {import('./sources.js').Sources} Sources */
/** @typedef {{width: number, height: number, why: string}} Screen */

/** @type {Record<number, string>} KeyboardEvent.keyCode */
const KEY_CODES = { 13: 'Enter', 27: 'Escape', 32: ' ', 37: 'ArrowLeft', 38: 'ArrowUp', 39: 'ArrowRight', 40: 'ArrowDown' };
/** @type {Record<string, string>} what old browsers and Phaser say */
const OTHER_NAMES = { Space: ' ', Spacebar: ' ', SPACE: ' ', LEFT: 'ArrowLeft', RIGHT: 'ArrowRight', UP: 'ArrowUp', DOWN: 'ArrowDown', ENTER: 'Enter', ESC: 'Escape', Left: 'ArrowLeft', Right: 'ArrowRight', Up: 'ArrowUp', Down: 'ArrowDown' };

const KEY_LISTENER = /key(down|up|press)\b/i;
const LITERAL = /(['"])([A-Za-z]{2,12}\d?|[A-Za-z ])\1/g;
const BARE = /\b(Arrow(?:Left|Right|Up|Down)|Key[A-Z]|Space(?:bar)?)\b/g;
const NUMBER = /(?:keyCode|which|code)\s*={2,3}\s*(\d{2})\b|case\s+(\d{2})\s*:|(?<=[{,]\s*)(\d{2})\s*:|(?:const|let|var)\s+\w+\s*=\s*(\d{2})\s*[;,\n]/g;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g;
const PHASER_KEY = /KeyCodes\.([A-Z]+)\b|addKeys?\(\s*['"]([A-Za-z,]+)['"]/g;
const MOST_KEYS = 12;

/** Keys that the scripts speak of, in a usual order. @param {Sources} sources @returns {{keys: string[], why: string, isHeld: boolean, start: string|undefined}} `start`: what leaves a menu */
export function keysUsed({ scripts }) {
  /** @type {Map<string, string>} */
  const found = new Map();
  const add = (/** @type {string} */ key, /** @type {string} */ path) => void (found.has(key) || found.set(key, path));
  for (const { path, text } of scripts) {
    if (/createCursorKeys\s*\(/.test(text)) cursorKeys(text).forEach((key) => add(key, path));
    for (const [, code, list] of text.matchAll(PHASER_KEY)) for (const name of (code ?? list).split(',')) add(keyNamed(name) ?? name.toLowerCase(), path);
    if (!KEY_LISTENER.test(text) && !/\b(keyCode|\.code|\.key)\b/.test(text)) continue;
    for (const [, , name] of text.matchAll(LITERAL)) {
      const key = keyNamed(name);
      if (key !== undefined) add(key, path);
    }
    for (const [name] of text.matchAll(BARE)) add(/** @type {string} */ (keyNamed(name)), path);
    for (const [, letter] of text.matchAll(/\bkey\s*={2,3}\s*['"]([a-z0-9])['"]/g)) add(letter, path);
    if (!/\b(keyCode|which)\b/.test(text)) continue;
    for (const [, ...codes] of text.replace(COMMENT, '').matchAll(NUMBER)) {
      const key = KEY_CODES[Number(codes.find((code) => code !== undefined))];
      if (key) add(key, path);
    }
  }
  const order = [...NAMED_KEYS, ' '];
  // What leaves a menu is no action.
  const begins = found.size > 1 && scripts.some(({ text }) => text.split('\n').some((row) => /['"](Enter|Return)['"]/.test(row) && /start|begin|play/i.test(row)));
  if (begins) found.delete('Enter');
  const keys = [...found.keys()].sort((a, b) => order.indexOf(a) - order.indexOf(b)).filter((key) => key !== 'Escape').slice(0, MOST_KEYS);
  const isHeld = scripts.some(({ text }) => /keyup|createCursorKeys|isDown/i.test(text));
  return { keys, why: [...new Set(keys.map((key) => found.get(key)))].join(', '), isHeld, start: begins ? 'Enter' : undefined };
}

/** A key by one of its names; undefined for what is none. @param {string} name @returns {string|undefined} */
function keyNamed(name) {
  const [, character] = /^(?:Key|Digit)([A-Z\d])$/.exec(name) ?? [];
  if (character) return character.toLowerCase();
  if (name === ' ' || NAMED_KEYS.slice(0, 13).includes(name)) return name;
  return OTHER_NAMES[name];
}

/** @param {string} text @returns {string[]} */
function cursorKeys(text) {
  const used = ['left', 'right', 'up', 'down', 'space'].filter((name) => new RegExp(`\\.${name}\\b`).test(text));
  return (used.length > 0 ? used : ['left', 'right', 'up', 'down']).map((name) => (name === 'space' ? ' ' : `Arrow${name[0].toUpperCase()}${name.slice(1)}`));
}

/** @param {Sources} sources @returns {{touch: string, move: string, mouse: string}} the files that listen; '' where none does */
export function pointersUsed({ scripts, pages }) {
  const files = [...scripts, ...pages];
  const where = (/** @type {RegExp} */ words) => files.find(({ text }) => words.test(text))?.path ?? '';
  return {
    touch: where(/touchstart|touchend|onTouch(Start|End)|pointer(down|up)|\.on(click)?tap\b/i),
    move: where(/touchmove|onTouchMove|pointermove|mousemove/i),
    mouse: where(/mousedown|mouseup|['"]click['"]|onclick/i),
  };
}

/** The screen that a game was made for; undefined where nothing tells. @param {Sources} sources @param {any} gameJson WeChat's @returns {Screen|undefined} */
export function screenOf({ scripts, pages }, gameJson) {
  if (gameJson?.deviceOrientation) {
    const isWide = /^landscape/.test(gameJson.deviceOrientation);
    return { width: isWide ? 667 : 375, height: isWide ? 375 : 667, why: `game.json's deviceOrientation is ${gameJson.deviceOrientation}` };
  }
  for (const { path, text } of pages) {
    const [canvas = ''] = /<canvas\b[^>]*>/i.exec(text) ?? [];
    const [width, height] = ['width', 'height'].map((name) => Number(new RegExp(`\\b${name}\\s*=\\s*["']?(\\d+)`, 'i').exec(canvas)?.[1]));
    if (width > 0 && height > 0) return { width, height, why: `the <canvas> of ${path}` };
  }
  for (const { path, text } of scripts) {
    const [, config] = /new\s+Phaser\.Game\s*\(([\s\S]{0,1500})/.exec(text) ?? (/Phaser\.(AUTO|CANVAS|WEBGL)/.test(text) ? [text, text] : []);
    const found = config && numbers(config, /\bwidth\s*:\s*(\d+)/, /\bheight\s*:\s*(\d+)/);
    if (found) return { ...found, why: `Phaser's configuration in ${path}` };
  }
  for (const { path, text } of scripts) {
    const found = numbers(text, /canvas\w*\.width\s*=\s*(\d+)/i, /canvas\w*\.height\s*=\s*(\d+)/i);
    if (found) return { ...found, why: `the canvas's size in ${path}` };
  }
  for (const { path, text } of pages) {
    const [, width] = /name\s*=\s*["']viewport["'][^>]*\bwidth\s*=\s*(\d{2,})/i.exec(text) ?? [];
    if (width) return { width: Number(width), height: Math.round(Number(width) * 16 / 9), why: `the viewport of ${path}` };
  }
  return undefined;
}

/** @param {string} text @param {RegExp} width @param {RegExp} height */
function numbers(text, width, height) {
  const [w, h] = [Number(width.exec(text)?.[1]), Number(height.exec(text)?.[1])];
  return w > 0 && h > 0 ? { width: w, height: h } : undefined;
}

/** @type {[string, RegExp, RegExp][]} an engine, what speaks of it in a script, and what its file is called */
const ENGINES = [
  ['Phaser', /\bPhaser\.(Game|Scene|AUTO)\b/, /phaser/i],
  ['PixiJS', /\bPIXI\.\w/, /pixi/i],
  ['Three.js', /\bTHREE\.\w/, /three/i],
  ['Cocos', /\b(cc\.(game|director)|_CCSettings)\b/, /cocos/i],
  ['LayaAir', /\bLaya\.(init|stage)\b/, /laya/i],
  ['Egret', /\begret\.\w/, /egret/i],
  ['CreateJS', /\bcreatejs\.\w/, /(createjs|easeljs)/i],
];

/** The engines that a game seems to be made with. @param {Sources} sources @returns {string[]} */
export function enginesOf({ scripts, libraries }) {
  return ENGINES.filter(([, words, file]) => scripts.some(({ text }) => words.test(text)) || libraries.some((path) => file.test(path))).map(([name]) => name);
}

/** Whether a game speaks WemiEnv's protocol by itself; the file where it does. @param {Sources} sources */
export function protocolIn({ scripts }) {
  return scripts.find(({ text }) => /connectSocket|new\s+WebSocket/.test(text) && /\brestart\b/.test(text) && /\b(obs|reward)\b/.test(text))?.path;
}

/** What a page says that the player must do to begin; undefined where it says nothing. @param {Sources} sources @returns {{how: 'key'|'press', key?: string, why: string}|undefined} */
export function startOf({ scripts, pages }) {
  for (const { path, text } of [...scripts, ...pages]) {
    const [said, , key] = /(press|hit)\s+(?:the\s+)?(?:<\w+>)?(enter|space|any key|return)/i.exec(text) ?? [];
    if (said) return { how: 'key', key: /enter|return/i.test(key) ? 'Enter' : ' ', why: `"${said}" in ${path}` };
    const [press] = /(click|tap|touch)\s+(?:\w+\s+){0,2}to\s+(start|play|begin|continue)/i.exec(text) ?? [];
    if (press) return { how: 'press', why: `"${press}" in ${path}` };
  }
  return undefined;
}

/** Elements of a page that seem to show a score. @param {Sources} sources @returns {{expression: string, why: string}[]} */
export function shownScores({ pages }) {
  return pages.flatMap(({ path, text }) => Array.from(text.matchAll(/<\w+[^>]*\bid\s*=\s*["']?([\w-]*(?:score|points)[\w-]*)/gi), ([, id]) => ({
    expression: `Number(/-?\\d+/.exec(document.getElementById('${id}').textContent) ?? 0)`, why: `the element #${id} of ${path}`,
  }))).sort((a, b) => Number(/high|best/i.test(a.why)) - Number(/high|best/i.test(b.why)));
}
