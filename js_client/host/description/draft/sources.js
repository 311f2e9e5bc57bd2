/**
 * The scripts and pages of a game's folder, as texts, for whoever looks for clues in them.
 *
 * Knows which files are worth a look: not those of libraries, of tools, or of nobody's writing.
 */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{path: string, text: string, form: 'classic'|'module'|'commonjs'}} Source */
/** @typedef {{scripts: Source[], pages: {path: string, text: string}[], libraries: string[]}} Sources `libraries` are named, not looked into */

const MOST_FILES = 400;
const LARGEST = 400_000;
const PASSED_OVER = /^(node_modules|bower_components|dist-types|coverage|test|tests|__tests__|\..*)$/;
const LIBRARY = /(\.min\.js$|(^|\/)(phaser|pixi|three|jquery|howler|laya\w*|egret|cocos\w*|weapp-adapter|matter|createjs|easeljs|konva|react|vue|lodash|p5)([.-][\w.-]*)?\.m?js$)/i;
/** A line of this many characters was written by no person. */
const LONGEST_LINE = 3000;
const INLINE = /<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi;
const MODULE = /^\s*(?:import\s*[\w{*'"]|export\s+(?:default|const|let|var|class|function|async|\{|\*))/m;

/** @param {string} root @param {'wechat'|'browser'|'node'|undefined} kind @returns {Sources} */
export function sourcesOf(root, kind) {
  const paths = filesBelow(root).filter((path) => /\.(m?js|cjs|html?)$/.test(path));
  const pages = paths.filter((path) => /\.html?$/.test(path)).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  const libraries = paths.filter((path) => LIBRARY.test(path));
  const scripts = paths.filter((path) => /js$/.test(path) && !LIBRARY.test(path)).flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    if (text.split('\n', 5).some((line) => line.length > LONGEST_LINE)) {
      libraries.push(path);
      return [];
    }
    return [{ path, text, form: formOf(path, text, kind) }];
  });
  return { scripts: [...(kind === 'browser' ? pages.flatMap(inlineScripts) : []), ...scripts], pages, libraries };
}

/** @param {string} path @param {string} text @param {string|undefined} kind @returns {Source['form']} */
function formOf(path, text, kind) {
  if (path.endsWith('.mjs') || MODULE.test(text)) return 'module';
  return kind === 'browser' ? 'classic' : 'commonjs';
}

/** @param {{path: string, text: string}} page @returns {Source[]} */
function inlineScripts({ path, text }) {
  return Array.from(text.matchAll(INLINE), ([, attributes, script]) => (
    /** @type {Source} */ ({ path, text: script, form: /type\s*=\s*["']?module/i.test(attributes) ? 'module' : 'classic' })
  )).filter(({ text: script }) => script.trim() !== '');
}

/** Paths below a folder, nearest first. @param {string} root */
function filesBelow(root) {
  /** @type {string[]} */
  const found = [];
  const folders = [''];
  while (folders.length > 0 && found.length < MOST_FILES) {
    const folder = /** @type {string} */ (folders.shift());
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory() && !PASSED_OVER.test(entry.name)) folders.push(path);
      else if (entry.isFile() && !/\.(test|spec|config|game)\.m?js$/.test(entry.name) && statSync(join(root, path)).size <= LARGEST) found.push(path);
    }
  }
  return found.slice(0, MOST_FILES);
}
