/**
 * What an expression of a description could read in a game: its reachable values, and which of them look like a score,
 * like the end of the game, or like something that moves.
 */

import { declarationsIn, membersIn, membersOf, withoutTexts } from './declarations.js';

/** @typedef {import('./sources.js').Source} Source */

/**
 * A value that an expression can read.
 * @typedef {object} Reachable
 * @property {string} expression
 * @property {string} name its last part
 * @property {string} value what it begins as
 * @property {string} path the file
 * @property {number} depth how many objects it is in
 * @property {[string, string]} [peek] the file and the name that `hooks.peek` needs
 */
/** @typedef {{expression: string, why: string, peek?: [string, string]}} Candidate */

const GLOBAL = /(?<![\w$.])(?:window|globalThis|GameGlobal|self)\.([A-Za-z_$][\w$]*)\s*=(?!=)\s*([^\n;]*)/g;
const DEFAULT_INSTANCE = /(?<![\w$.])(export\s+default|module\.exports\s*=)\s+(new\s+[A-Za-z_$][\w$]*)/;
const SCENE = /class\s+([A-Za-z_$][\w$]*)\s+extends\s+(?:Phaser\s*\.\s*)?Scene\b[\s\S]{0,400}?super\s*\(\s*(?:\{\s*key\s*:\s*)?(['"])([\w -]+)\2/g;
/** What Phaser's factories put on the screen has x and y. */
const SPRITE = /\badd\s*\.\s*(sprite|image|rectangle|circle|container)\s*\(/;
const SCENERY = /^(bg|back\w*|sky|ground|floor|logo|title|platforms?|overlay|panel)/i;
const DEEPEST = 2;

const SCORES = [/^score$/i, /^(points|total_?score|current_?score|game_?score|score_?(count|num|value)?)$/i, /score/i, /^(point|coins?|stars?|kills?|solved|cleared|lines|eaten)$/i];
const OVERS = [/^(is_?)?game_?(is_?)?(over|ended|lost)$/i, /^(is_?|has_?)?(over|dead|died|lost|game_?end|ended|finished|crashed)$/i];
const STATES = /^(game_?)?(state|status|phase|mode|stage|scene)$/i;
const LIVES = /^(lives|life|health|hp|hearts|remaining_?lives)$/i;
const RUNNING = /^(is_?)?(alive|(game_?)?(running|playing|started|active))$/i;
/** By convention it never changes. */
const CONSTANT = /^[A-Z][A-Z\d_]+$/;
const END_WORDS = /^(game[-_ ]?over|over|dead|end|ended|lost|lose|fail|failed|finished|crash|gg)$/i;

/** Every value that an expression could read. @param {Source[]} scripts @returns {Reachable[]} */
export function reachableIn(scripts) {
  const classes = classesOf(scripts);
  const roots = scripts.flatMap((script) => [...rootsOf(script), ...scenesOf(script)]);
  return roots.flatMap((root) => [root, ...inside(root, classes)]);
}

/** The likeliest score first. @param {Reachable[]} reachable @returns {Candidate[]} */
export function scoresAmong(reachable) {
  const numbers = reachable.filter(({ name, value }) => !CONSTANT.test(name) && (value === '' || /^[-\d.]/.test(value)));
  return ranked(numbers, SCORES).map((found) => candidate(found, found.expression));
}

/** The likeliest end first. @param {Reachable[]} reachable @param {Source[]} scripts @returns {Candidate[]} */
export function oversAmong(reachable, scripts) {
  const flags = ranked(reachable.filter(({ value }) => value === '' || /^(true|false|!|0|1)/.test(value)), OVERS).map((found) => candidate(found, found.expression));
  const states = reachable.filter(({ name }) => STATES.test(name)).flatMap((found) => {
    const word = endWord(found.name, scripts);
    return word ? [candidate(found, `${found.expression} === ${word}`)] : [];
  });
  const lives = reachable.filter(({ name, value }) => LIVES.test(name) && /^(\d|$)/.test(value)).map((found) => candidate(found, `${found.expression} <= 0`));
  const running = reachable.filter(({ name, value }) => RUNNING.test(name) && /^(true|false|$)/.test(value)).map((found) => candidate(found, `!${found.expression}`));
  return [...flags, ...states, ...lives, ...running];
}

/** Things with a place: expressions of the objects that have x and y. @param {Reachable[]} reachable @returns {Candidate[]} */
export function placesAmong(reachable) {
  const sprites = reachable.filter(({ name, value }) => SPRITE.test(value) && !SCENERY.test(name)).map((found) => candidate(found, found.expression));
  const holders = new Set(reachable.filter(({ name }) => name === 'y').map(({ expression }) => expression.slice(0, -2)));
  const xs = reachable.filter(({ name, expression }) => name === 'x' && holders.has(expression.slice(0, -2)));
  const things = xs.filter(({ expression }) => !SCENERY.test(expression.slice(0, -2).split('.').at(-1) ?? ''));
  return [...sprites, ...things.sort((a, b) => a.depth - b.depth).map((found) => {
    const expression = found.expression.slice(0, -2);
    return { ...candidate(found, expression), why: `${expression.split('.').at(-1)} in ${found.path}` };
  })];
}

/** @param {Source} script @returns {Reachable[]} */
function rootsOf({ path, text, form }) {
  const bare = withoutTexts(text);
  const isPage = /\.html?$/.test(path);
  const globals = Array.from(bare.matchAll(GLOBAL), ([, name, value]) => reachable(name, name, value, path));
  if (form === 'classic') return [...declared(text).map(({ name, value }) => reachable(name, name, value, path)), ...globals];
  if (isPage) return globals;
  const [, how, made] = DEFAULT_INSTANCE.exec(bare) ?? [];
  const module = how?.startsWith('export') ? `stepwire.module('${path}').default` : `stepwire.module('${path}')`;
  const own = declared(text).map(({ name, value }) => ({ ...reachable(`stepwire.peek('${path}').${name}`, name, value, path), peek: /** @type {[string, string]} */ ([path, name]) }));
  return [...(made ? [reachable(module, 'default', made, path)] : []), ...exported(path, text), ...own, ...globals];
}

/** What `module.exports = { … }` gives away. @param {string} path @param {string} text @returns {Reachable[]} */
function exported(path, text) {
  const [object] = declarationsIn(text.replace(/(?<![\w$.])module\.exports\s*=\s*\{/, 'const everything = {')).filter(({ name }) => name === 'everything');
  return object ? [reachable(`stepwire.module('${path}')`, 'exports', object.value, path)] : [];
}

/** Phaser's scenes by their keys. @param {Source} script @returns {Reachable[]} */
function scenesOf({ path, text }) {
  return Array.from(text.matchAll(SCENE), ([, made, , key]) => reachable(`stepwire.phaser.scene('${key}')`, key, `new ${made}`, path));
}

/** @param {string} text */
function declared(text) {
  return declarationsIn(text).filter(({ isCode }) => !isCode);
}

/** @param {string} expression @param {string} name @param {string} value @param {string} path @returns {Reachable} */
function reachable(expression, name, value, path) {
  return { expression, name, value, path, depth: 0 };
}

/** @param {Reachable} holder @param {Map<string, Map<string, string>>} classes @returns {Reachable[]} */
function inside(holder, classes) {
  if (holder.depth >= DEEPEST) return [];
  const [, made] = /^new\s+([A-Za-z_$][\w$]*)/.exec(holder.value) ?? [];
  const members = made ? classes.get(made) ?? new Map() : membersOf(holder.value);
  return Array.from(members, ([name, value]) => ({ ...holder, expression: `${holder.expression}.${name}`, name, value, depth: holder.depth + 1 }))
    .flatMap((member) => [member, ...inside(member, classes)]);
}

/** Members by class, with those of the classes that they extend. @param {Source[]} scripts */
function classesOf(scripts) {
  const own = new Map(scripts.flatMap(({ text }) => [...membersIn(text)]));
  const parents = new Map(scripts.flatMap(({ text }) => Array.from(text.matchAll(/class\s+([\w$]+)\s+extends\s+([\w$]+)/g), ([, name, parent]) => /** @type {[string, string]} */ ([name, parent]))));
  /** @param {string} name @param {number} [generations] @returns {[string, string][]} */
  const all = (name, generations = 8) => {
    const parent = parents.get(name);
    return [...(parent && generations > 0 ? all(parent, generations - 1) : []), ...(own.get(name) ?? [])];
  };
  return new Map([...own.keys()].map((name) => [name, new Map(all(name))]));
}

/** @param {Reachable[]} reachables @param {RegExp[]} names the likeliest first */
function ranked(reachables, names) {
  return reachables
    .map((found) => ({ found, rank: names.findIndex((name) => name.test(found.name)) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.found.depth - b.found.depth)
    .map(({ found }) => found);
}

/** What a state is called when the game is over, as it is written in the game. @param {string} name @param {Source[]} scripts */
function endWord(name, scripts) {
  const use = new RegExp(`(?<![\\w$])${name}\\s*={1,3}\\s*(['"])([^'"\\n]{1,30})\\1`, 'g');
  for (const { text } of scripts) {
    for (const [, , word] of text.matchAll(use)) if (END_WORDS.test(word)) return `'${word}'`;
  }
  return undefined;
}

/** @param {Reachable} found @param {string} expression @returns {Candidate} */
function candidate({ name, path, value, peek }, expression) {
  return { expression, why: `${name}${/^[-\w.']{1,12}$/.test(value) ? ` = ${value}` : ''} in ${path}`, ...(peek && { peek }) };
}
