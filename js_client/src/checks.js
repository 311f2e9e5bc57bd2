/**
 * Is a value in a space? If not, where, what was expected there and what was found: for the game's author to read.
 *
 * `checker(space)` does the thinking once; the function it gives back runs on every observation. The array spaces,
 * which hold nearly all the numbers, are in array-checks.js.
 */

import { arrayChecker } from './array-checks.js';
import { isList } from './arrays.js';
import { described, isObject, problem, shown, under } from './problems.js';
import { LETTERS_AND_DIGITS } from './spaces.js';

/** @typedef {import('./spaces.js').Space} Space */
/** @typedef {import('./problems.js').Problem} Problem */
/** @typedef {(value: any) => Problem|undefined} Check */

/**
 * A function that tells what is wrong with a value, or undefined when it lies in the space.
 * @param {Space} space
 * @returns {Check}
 */
export function checker(space) {
  switch (space?.type) {
    case 'Box': case 'MultiBinary': case 'MultiDiscrete': return arrayChecker(space);
    case 'Discrete': return discreteChecker(space);
    case 'Text': return textChecker(space);
    case 'Dict': return dictChecker(space);
    case 'Tuple': return tupleChecker(space);
    case 'Sequence': return listChecker(checker(space.space));
    case 'Graph': return graphChecker(space);
    case 'OneOf': return oneOfChecker(space);
    default: throw new TypeError(`no such space: ${shown(space)}`);
  }
}

/**
 * What is wrong with a value, in one line; undefined when it lies in the space.
 * @param {Space} space
 * @param {unknown} value
 * @param {string} [name] what the value is called in the line
 */
export function outside(space, value, name = 'value') {
  const problem = checker(space)(value);
  return problem && described(problem, name);
}

/** @param {import('./spaces.js').DiscreteSpace} space @returns {Check} */
function discreteChecker({ n, start = 0 }) {
  const last = start + n - 1;
  return (value) => {
    if (Number.isInteger(value) && value >= start && value <= last) return undefined;
    return problem('', `a whole number from ${start} to ${last}`, value);
  };
}

/** @param {import('./spaces.js').TextSpace} space @returns {Check} */
function textChecker({ min_length: least = 1, max_length: most, charset = LETTERS_AND_DIGITS }) {
  const allowed = new Set(charset);
  return (value) => {
    if (typeof value !== 'string') return problem('', 'a string', value);
    const letters = [...value];
    if (letters.length < least || letters.length > most) return problem('', `${least} to ${most} characters`, value);
    const strange = letters.findIndex((letter) => !allowed.has(letter));
    return strange < 0 ? undefined : problem(`[${strange}]`, `one of the characters ${shown(charset)}`, letters[strange]);
  };
}

/** @param {import('./spaces.js').DictSpace} space @returns {Check} */
function dictChecker({ spaces }) {
  const keys = Object.keys(spaces);
  const checks = keys.map((key) => checker(spaces[key]));
  return (value) => {
    if (!isObject(value)) return problem('', `an object with ${keys.join(', ')}`, value);
    for (let i = 0; i < keys.length; i += 1) {
      const found = checks[i](value[keys[i]]);
      if (found) return under(`.${keys[i]}`, found);
    }
    const strange = Object.keys(value).find((key) => !(key in spaces));
    return strange === undefined ? undefined : problem(`.${strange}`, 'nothing of that name', value[strange]);
  };
}

/** @param {import('./spaces.js').TupleSpace} space @returns {Check} */
function tupleChecker({ spaces }) {
  const checks = spaces.map(checker);
  return (value) => {
    if (!isList(value) || value.length !== checks.length) return problem('', `a list of ${checks.length}`, value);
    return firstUnder(value, (entry, i) => checks[i](entry));
  };
}

/** @param {Check} check @returns {Check} */
function listChecker(check) {
  return (value) => (isList(value) ? firstUnder(value, check) : problem('', 'a list', value));
}

/** @param {import('./spaces.js').GraphSpace} space @returns {Check} */
function graphChecker({ node_space: nodeSpace, edge_space: edgeSpace = null }) {
  const nodes = listChecker(checker(nodeSpace));
  const edges = edgeSpace ? listChecker(checker(edgeSpace)) : noEdges;
  return (value) => {
    if (!isObject(value)) return problem('', 'an object with nodes, edges, edge_links', value);
    const found = nodes(value.nodes);
    if (found) return under('.nodes', found);
    if (value.edges == null && value.edge_links == null) return undefined;
    const wrong = edges(value.edges);
    if (wrong) return under('.edges', wrong);
    return under('.edge_links', linksChecker(value.nodes.length, value.edges.length)(value.edge_links));
  };
}

/** @type {Check} */
function noEdges(value) {
  return problem('', 'null, since the space has no edges', value);
}

/** @param {number} nodes @param {number} edges @returns {Check} */
function linksChecker(nodes, edges) {
  const ends = checker({ type: 'MultiDiscrete', nvec: [nodes, nodes] });
  return (value) => {
    if (!isList(value) || value.length !== edges) return problem('', `a list of ${edges} pairs of nodes`, value);
    return firstUnder(value, ends);
  };
}

/** @param {import('./spaces.js').OneOfSpace} space @returns {Check} */
function oneOfChecker({ spaces }) {
  const checks = spaces.map(checker);
  const which = discreteChecker({ type: 'Discrete', n: spaces.length });
  return (value) => {
    if (!isList(value) || value.length !== 2) return problem('', 'a list [index of the space, value]', value);
    const found = which(value[0]);
    if (found) return under('[0]', found);
    return under('[1]', checks[value[0]](value[1]));
  };
}

/** @param {ArrayLike<any>} list @param {(entry: any, i: number) => Problem|undefined} check */
function firstUnder(list, check) {
  for (let i = 0; i < list.length; i += 1) {
    const found = check(list[i], i);
    if (found) return under(`[${i}]`, found);
  }
  return undefined;
}
