/**
 * A first draft of a description, from a look at the game: a guess for each field, and from what it was made.
 *
 * Runs nothing of the game. What it finds is likely and no more; whoever plays the game knows better.
 */

import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';

import { BadDescription, SCREENS } from './check.js';
import { oversAmong, placesAmong, reachableIn, scoresAmong } from './draft/candidates.js';
import { enginesOf, keysUsed, pointersUsed, protocolIn, screenOf, shownScores, startOf } from './draft/clues.js';
import { sourcesOf } from './draft/sources.js';
import { line, longList } from './draft/toml-text.js';
import { guessedKind, isFile, json } from './guess.js';

/** @typedef {import('./draft/candidates.js').Candidate} Candidate */
/** @typedef {ReturnType<typeof seen>} Seen */

/** As many as fit into an observation that a person will look over. */
const MOST_PLACES = 6;
const MOST_OTHERS = 4;

/**
 * The draft of a description for the game in a folder, in TOML.
 * @param {string} path the game's folder, or its page
 * @returns {string}
 * @throws {BadDescription} there is no such folder, or nothing in it that looks like a game
 */
export function firstDraft(path) {
  const game = seen(resolve(path));
  return [head(game), screen(game), time(game), action(game), observation(game), ...(game.protocol ? [messages(game)] : [reward(game), episode(game), info(game), hooks(game)])]
    .filter(Boolean).join('\n\n').concat('\n');
}

/** All that the folder tells. @param {string} path */
function seen(path) {
  const page = /\.html?$/.test(path) ? basename(path) : undefined;
  const root = page ? resolve(path, '..') : path;
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory() || (page && !isFile(root, page))) throw bad(`there is no game in ${path}`);
  const guess = page ? { kind: /** @type {const} */ ('browser'), entry: page, why: 'it is a page' } : guessedKind(root) ?? onlyPage(root) ?? onlyScript(root);
  if (!guess) throw bad(`${root} has none of the files that games begin with: game.js, app.json, index.html, package.json with main, index.js`);
  const sources = sourcesOf(root, guess.kind);
  const reachable = reachableIn(sources.scripts);
  const [usual, engines] = [SCREENS[guess.kind], enginesOf(sources)];
  const size = guess.kind === 'node' ? undefined : screenOf(sources, json(root, 'game.json'));
  return {
    root, guess, sources, engines, reachable, size: size ?? { ...usual, why: '' }, name: basename(root),
    keys: keysUsed(sources), pointers: pointersUsed(sources), start: startOf(sources), protocol: protocolIn(sources),
    scores: scored(guess.kind, reachable, engines, sources), overs: oversAmong(reachable, sources.scripts), places: placesAmong(reachable).slice(0, MOST_PLACES),
  };
}

/** @param {string} root @returns {import('./guess.js').Guess|undefined} */
function onlyPage(root) {
  const [page] = sourcesOf(root, 'browser').pages.filter(({ path }) => !path.includes('/'));
  return page && { kind: 'browser', entry: page.path, why: `there is ${page.path}` };
}

/** @param {string} root @returns {import('./guess.js').Guess|undefined} */
function onlyScript(root) {
  const scripts = sourcesOf(root, 'node').scripts.filter(({ path }) => !path.includes('/'));
  const [script] = [...scripts.filter(({ path }) => /^(game|main)\./.test(path)), ...(scripts.length === 1 ? scripts : [])];
  return script && { kind: 'node', entry: script.path, why: `of ${script.path}, which is all that there is` };
}

/** @param {string} kind @param {ReturnType<typeof reachableIn>} reachable @param {string[]} engines @param {import('./draft/sources.js').Sources} sources @returns {Candidate[]} */
function scored(kind, reachable, engines, sources) {
  const found = [...scoresAmong(reachable), ...(kind === 'browser' ? shownScores(sources) : [])];
  if (found.length > 0 || kind === 'node' || !engines.includes('Phaser')) return found;
  return [{ expression: "Number(stepwire.phaser.scene()?.score ?? stepwire.phaser.data('score') ?? 0)", why: 'Phaser games often keep it in the scene, or in the registry' }];
}

/** @param {Seen} game */
function head({ name, guess, engines, sources, root }) {
  return [
    `# A first draft for ${name}, made by a look at its files: each guess says from what. Lines with "decide" are the author's to settle;`,
    '# `stepwire host --check` says how it fares.',
    '# All fields: docs/game-description.md',
    line('name', name),
    line('kind', guess.kind, `guessed: ${guess.why}`),
    line('entry', guess.entry),
    ...(engines.length > 0 ? [`# Engine: ${engines.join(', ')}, by the names in its scripts.${engines.includes('Phaser') ? ' `stepwire.phaser` reads its scenes.' : ''}`] : []),
    ...missingLibraries(sources, root).map((url) => `# ${url} comes from the network, and is not there in a run: put it beside, and mount it: mounts = { "/path/it/has" = "file.js" }`),
  ].join('\n');
}

/** @param {Seen['sources']} sources @param {string} root */
function missingLibraries({ pages }, root) {
  const urls = pages.filter(({ path }) => isFile(root, path)).flatMap(({ text }) => Array.from(text.matchAll(/<script[^>]*\bsrc\s*=\s*["']((?:https?:)?\/\/[^"']+)/gi), ([, url]) => url));
  return [...new Set(urls)].slice(0, MOST_OTHERS);
}

/** @param {Seen} game */
function screen({ guess, size }) {
  if (guess.kind === 'node') return '';
  return ['[screen]', line('width', size.width, size.why ? `guessed: ${size.why}` : 'usual for this kind; nothing in the files tells'), line('height', size.height)].join('\n');
}

/** @param {Seen} game */
function time({ guess }) {
  return ['[time]', guess.kind === 'node' ? line('frame_skip', 1, 'frames a step; timers run in them') : line('frame_skip', 4, 'frames a step: 15 decisions a second')].join('\n');
}

/** @param {Seen} game */
function action(game) {
  const { guess, keys, pointers, size, protocol } = game;
  if (protocol) return ['[action]', `# decide: what the game takes as "action", by ${protocol}.`, line('space', { type: 'Discrete', n: 2 })].join('\n');
  if (guess.kind === 'node') return calls(game);
  const at = (/** @type {number} */ x, /** @type {number} */ y) => [Math.round(size.width * x), Math.round(size.height * y)];
  if (keys.keys.length > 0 && guess.kind === 'browser') {
    const hold = keys.isHeld ? { hold: true } : {};
    return inputs(`Keys that ${keys.why} speaks of.`, [[{}, 'nothing'], ...keys.keys.map((key) => /** @type {[any, string]} */ ([{ keys: [key], ...hold }, '']))]);
  }
  const device = guess.kind === 'browser' && !pointers.touch ? 'mouse' : 'touch';
  const listener = pointers.touch || pointers.mouse || pointers.move;
  const why = listener ? `${listener} listens to ${device === 'touch' ? 'touches' : 'the mouse'}.` : 'decide: nothing in the files tells what it listens to.';
  if (pointers.move) return inputs(`${why} It listens to moves, too.`, [[{}, 'nothing'], ...[0.2, 0.5, 0.8].map((x) => /** @type {[any, string]} */ ([{ [device]: at(x, 0.85), hold: true }, '']))]);
  return inputs(why, [[{}, 'nothing'], [{ [device]: at(0.5, 0.5) }, 'the middle of the screen']]);
}

/** @param {string} why @param {[any, string][]} entries */
function inputs(why, entries) {
  return ['[action]', `# ${why}${why.includes('decide') ? '' : ' decide: is that all that a player does?'}`, line('space', { type: 'Discrete', n: entries.length }), longList('inputs', entries)].join('\n');
}

/** A game without input: one of its functions. @param {Seen} game */
function calls({ guess, sources }) {
  const entry = sources.scripts.find(({ path }) => path === guess.entry);
  const names = Array.from((entry?.text ?? '').matchAll(/(?:export\s+(?:async\s+)?function\s+|(?<![\w$])exports\.|globalThis\.)([A-Za-z_$][\w$]*)/g), ([whole, name]) => ({ name, isGlobal: whole.startsWith('global') }))
    .filter(({ name }) => name !== 'default');
  const [best] = [...names.filter(({ name }) => /^(step|act|move|play|press|turn|add|input|tick|update)/i.test(name)), ...names];
  const call = best ? `${best.isGlobal ? '' : `stepwire.module('${guess.entry}').`}${best.name}(action)` : '';
  const run = best ? line('run', call, `guessed: a function that ${guess.entry} gives away`) : line('run', '/* call a function of the game with `action` */', 'decide: nothing in the entry tells which');
  return ['[action]', line('space', { type: 'Discrete', n: 2 }, 'decide: how many actions there are'), run].join('\n');
}

/** @param {Seen} game */
function observation({ places, scores, size, protocol, guess }) {
  if (protocol) return ['[observation]', `# decide: what ${protocol} sends as "obs", and how many numbers it has.`, line('space', { type: 'Box', shape: [1] })].join('\n');
  const parts = places.flatMap(({ expression }) => [`${expression}.x / ${size.width}`, `${expression}.y / ${size.height}`]);
  const read = parts.length > 0 ? parts : scores.slice(0, 1).map(({ expression }) => expression);
  const why = places.length > 0 ? `Things with a place: ${places.map(({ why }) => why).join('; ')}. decide: add what a player has to see.`
    : 'No objects with x and y are in reach. decide: what a player has to see, as a list of numbers.';
  const pixels = guess.kind === 'node' ? [] : ['# Or the screen itself, instead of space and read: pixels = { width = 84, height = 84 }, with screen.canvas = "real".'];
  const shown = read.length > 0 ? read : ['0'];
  return ['[observation]', `# ${why}`, ...pixels, line('space', { type: 'Box', shape: [shown.length] }, 'low and high make it narrower'), line('read', `[${shown.join(', ')}]`)].join('\n');
}

/** @param {Seen} game */
function reward({ scores: [best, ...others] }) {
  if (!best) return ['[reward]', '# decide: nothing that is called a score is in reach; an expression that gives a number.', '# read = "score"', line('difference', true)].join('\n');
  return ['[reward]', ...alternatives(others), line('read', best.expression, `guessed: ${best.why}`), line('difference', true, 'what the score has grown by')].join('\n');
}

/** @param {Seen} game */
function episode(game) {
  const [best, ...others] = game.overs;
  const end = best ? [...alternatives(others), line('terminated', best.expression, `guessed: ${best.why}`)]
    : ['# decide: nothing that looks like the end of the game is in reach; an expression that is true when it is over.', '# terminated = "gameOver"'];
  const start = starting(game);
  return ['[episode]', ...end, line('max_steps', 2000, 'truncated after so many'), ...(start.length > 0 ? [longList('start', start)] : [])].join('\n');
}

/** What leaves the menus. @param {Seen} game @returns {[any, string][]} */
function starting({ guess, start, keys, pointers, size, scores, overs, places }) {
  if (guess.kind === 'node') return [];
  const device = guess.kind === 'browser' && !pointers.touch ? 'mouse' : 'touch';
  const middle = { [device]: [Math.round(size.width / 2), Math.round(size.height / 2)] };
  const scene = [...scores.slice(0, 1), ...overs.slice(0, 1), ...places].map(({ expression }) => /^stepwire\.phaser\.scene\('[^']+'\)/.exec(expression)?.[0]).find(Boolean);
  /** @type {[any, string][]} */
  const input = start ? [[{ frames: 30 }, ''], [{ ...(start.how === 'key' ? { keys: [start.key] } : middle), frames: 4 }, `guessed: ${start.why}`]]
    : keys.start ? [[{ frames: 30 }, ''], [{ keys: [keys.start], frames: 4 }, `guessed: a script takes ${keys.start} for a beginning`]] : [];
  return scene ? [...input, [{ until: `${scene}?.scene.isActive()`, frames: 600 }, 'the scene that is read has begun']] : input;
}

/** @param {Candidate[]} others */
function alternatives(others) {
  return others.length > 0 ? [`# Others: ${others.slice(0, MOST_OTHERS).map(({ expression, why }) => `${expression} (${why})`).join('; ')}`] : [];
}

/** @param {Seen} game */
function info({ scores: [best] }) {
  return best ? ['[info]', line('score', best.expression)].join('\n') : '';
}

/** The peeks that the expressions above need. @param {Seen} game */
function hooks({ scores, overs, places }) {
  /** @type {Map<string, Set<string>>} */
  const peeks = new Map();
  for (const { peek } of [...scores.slice(0, 1), ...overs.slice(0, 1), ...places]) {
    if (peek) peeks.set(peek[0], (peeks.get(peek[0]) ?? new Set()).add(peek[1]));
  }
  if (peeks.size === 0) return '';
  const table = Object.fromEntries(Array.from(peeks, ([file, names]) => [file, [...names]]));
  return ['[hooks]', '# Names of the modules\' own scopes that the expressions above read.', line('peek', table)].join('\n');
}

/** @param {Seen} game */
function messages({ protocol }) {
  return ['[messages]', `# ${protocol} speaks a protocol of its own: messages drive the game's clock.`, line('frames', 4, 'for each message'), line('done_key', 'done')].join('\n');
}

/** @param {string} message */
function bad(message) {
  return new BadDescription([{ path: '', message }]);
}
