/**
 * What the fields of a description have to be to each other.
 *
 * Each rule looks at what has been understood: what a field does not hold has been told already, and is undefined here.
 */

import { isObject, shown } from '../../src/problems.js';

/** @typedef {import('./values.js').Note} Note */
/** @typedef {Record<string, any>} Table */

/**
 * @param {Table} description as far as it has been understood
 * @param {Note} note
 * @param {Table} given as it was written
 */
export function checkRules(description, note, given) {
  const isClocked = isObject(given.messages);
  if (isClocked) checkClocked(given, note);
  else checkPlayed(description, note, given);
  checkTouches(description, note);
  checkScreen(description, note, given);
}

/** What a game that speaks a protocol of its own says by itself. */
const SAID_BY_THE_GAME = [
  ['action', 'inputs'], ['action', 'input'], ['action', 'run'], ['observation', 'read'], ['observation', 'pixels'], ['reward', 'read'],
  ['episode', 'terminated'], ['episode', 'truncated'], ['episode', 'start'],
];

/** @param {Table} given @param {Note} note */
function checkClocked(given, note) {
  for (const [name, part] of SAID_BY_THE_GAME) {
    if (has(given, name, part)) note(`${name}.${part}`, 'has no meaning beside messages: the game gets actions and tells results in its own protocol');
  }
  if (isObject(given.observation) && !has(given, 'observation', 'space')) note('observation.space', 'is missing: with messages the bridge has to know it');
  if (!isObject(given.observation) && given.observation === undefined) note('observation.space', 'is missing: with messages the bridge has to know it');
}

/** @param {Table} description @param {Note} note @param {Table} given */
function checkPlayed(description, note, given) {
  if (!has(given, 'action', 'inputs') && !has(given, 'action', 'input') && !has(given, 'action', 'run')) {
    note('action', 'says nothing of how an action becomes input: inputs, input or run is needed');
  }
  if (has(given, 'action', 'inputs') && has(given, 'action', 'input')) note('action.input', 'stands beside inputs: one of them has to go');
  checkInputs(description.action ?? {}, note);
  checkObservation(description, note, given);
  const { episode = {} } = description;
  if (episode.reset === 'soft' && !has(given, 'episode', 'restart')) note('episode.restart', 'is missing: reset = "soft" needs the game\'s own restart');
}

/** @param {Table} action @param {Note} note */
function checkInputs({ space, inputs }, note) {
  if (!space || !inputs) return;
  const counts = countsOf(space);
  if (counts === undefined) return note('action.inputs', `goes with a Discrete, a MultiBinary or a MultiDiscrete, and the space is a ${space.type}: use input or run`);
  const isNested = Array.isArray(counts);
  const strange = inputs.findIndex((/** @type {any} */ entry) => entry !== undefined && Array.isArray(entry) !== isNested);
  if (strange >= 0) {
    const expected = isNested ? 'a list of Inputs, one for each value of that number' : 'an Input';
    return note(`action.inputs[${strange}]`, `expected ${expected}, got ${shown(inputs[strange])}`);
  }
  const wanted = isNested ? counts.length : counts;
  if (inputs.length !== wanted) note('action.inputs', `expected ${wanted} for this ${space.type}, got ${inputs.length}`);
  if (!isNested) return undefined;
  inputs.slice(0, wanted).forEach((/** @type {any[]} */ list, /** @type {number} */ i) => {
    if (list.length !== counts[i]) note(`action.inputs[${i}]`, `expected ${counts[i]}, as nvec says, got ${list.length}`);
  });
  return undefined;
}

/** How many inputs belong to a space; a list for a list of lists. @param {any} space @returns {number|number[]|undefined} */
function countsOf({ type, n, nvec }) {
  if (type === 'Discrete') return n;
  if (type === 'MultiBinary' && [n].flat().length === 1) return [n].flat()[0];
  return type === 'MultiDiscrete' && nvec.every(Number.isInteger) ? nvec : undefined;
}

/** @param {Table} description @param {Note} note @param {Table} given */
function checkObservation({ screen = {}, driver }, note, given) {
  const [space, read, pixels] = ['space', 'read', 'pixels'].map((name) => has(given, 'observation', name));
  if (pixels && (space || read)) note('observation.pixels', `stands beside ${space ? 'space' : 'read'}: an observation is pixels, or space and read`);
  if (pixels && screen.canvas !== 'real' && driver !== 'chromium') note('observation.pixels', 'needs screen.canvas = "real", or driver = "chromium": nothing is drawn otherwise');
  if (pixels) return;
  if (!space && !read) return note('observation', 'is missing: space and read, or pixels');
  if (!space) note('observation.space', 'is missing: where do the observations of read lie?');
  if (!read) note('observation.read', 'is missing: an expression that gives an observation');
  return undefined;
}

/** Numbers that lie beside the screen reach nobody. @param {Table} description @param {Note} note */
function checkTouches({ screen = {}, action = {}, episode = {} }, note) {
  const { width, height } = screen;
  if (!width || !height) return;
  const limits = [width, height];
  for (const [input, at] of inputsOf(action, episode)) {
    for (const name of ['touch', 'mouse', 'to']) {
      for (const [point, place] of pointsOf(input[name], `${at}.${name}`)) {
        const axis = limits.findIndex((limit, i) => typeof point[i] === 'number' && (point[i] < 0 || point[i] >= limit));
        if (axis >= 0) note(place, `lies outside the screen of ${width} × ${height}: ${'xy'[axis]} is ${point[axis]}`);
      }
    }
    if (input.to && !input.touch && !input.mouse) note(`${at}.to`, 'goes with touch or mouse, which say where it begins');
    const [from, to] = [pointsOf(input.touch ?? input.mouse, ''), pointsOf(input.to, '')];
    if (to.length > 0 && from.length > 0 && to.length !== from.length) note(`${at}.to`, `expected ${from.length} points, as many as it begins with, got ${to.length}`);
  }
}

/** Every Input, and where it stands. @param {Table} action @param {Table} episode @returns {[Table, string][]} */
function inputsOf({ inputs = [], input }, { start = [] }) {
  /** @type {[Table, string][]} */
  const found = inputs.flatMap((/** @type {any} */ entry, /** @type {number} */ i) => (
    Array.isArray(entry) ? entry.map((one, j) => [one, `action.inputs[${i}][${j}]`]) : [[entry, `action.inputs[${i}]`]]
  ));
  if (input) found.push([input, 'action.input']);
  start.forEach((/** @type {any} */ entry, /** @type {number} */ i) => found.push([entry, `episode.start[${i}]`]));
  return found.filter(([entry]) => isObject(entry));
}

/** @param {any} value @param {string} path @returns {[any[], string][]} */
function pointsOf(value, path) {
  if (!Array.isArray(value)) return [];
  return Array.isArray(value[0]) ? value.map((point, i) => [point ?? [], `${path}[${i}]`]) : [[value, path]];
}

/** @param {Table} description @param {Note} note @param {Table} given */
function checkScreen({ kind, driver }, note, given) {
  if (kind === 'node' && driver === 'chromium') note('driver', 'chromium runs browser games, and this one is for node');
  if (kind === 'node' && has(given, 'screen', 'canvas') && given.screen.canvas === 'real') note('screen.canvas', 'a game for node has no screen');
}

/** @param {Table} given @param {string} table @param {string} field */
function has(given, table, field) {
  return isObject(given[table]) && given[table][field] !== undefined;
}
