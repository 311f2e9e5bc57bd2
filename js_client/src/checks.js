/**
 * Is a value in a space? If not, where, what was expected there and what was found: for the game's author to read.
 *
 * `checker(space)` does the thinking once; the function it gives back runs on every observation. A value is held to
 * what the trainer's side will see, so it is rounded to the space's dtype before it is compared with bounds that were
 * rounded in the same way; and NaN lies in no Box, as in Gymnasium.
 */

import { arrayShape, bounds, dtypeOfSpace, LETTERS_AND_DIGITS } from './spaces.js';
import { fromHalf, isList, isTyped, RANGE, sizeOf, storage, toHalf } from './arrays.js';

/** @typedef {import('./spaces.js').Space} Space */
/** @typedef {{path: string, expected: string, found: string}} Problem */
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

/** @param {Problem} problem @param {string} name */
export function described({ path, expected, found }, name) {
  return `${name}${path}: expected ${expected}, got ${found}`;
}

/** @param {import('./spaces.js').BoxSpace|import('./spaces.js').MultiBinarySpace|import('./spaces.js').MultiDiscreteSpace} space @returns {Check} */
function arrayChecker(space) {
  const shape = /** @type {number[]} */ (arrayShape(space));
  const element = elementRule(space);
  const sameType = storage(dtypeOfSpace(space), 0).constructor;
  const size = sizeOf(shape);
  return (value) => {
    if (shape.length === 0) return element(value, 0) ? undefined : element.problem(value, 0, '');
    if (!isList(value)) return problem('', `${arrayNamed(shape)}`, value);
    if (shape.length > 1 && isList(value[0])) return nestedProblem(value, shape, element);
    if (value.length !== size) return problem('', arrayNamed(shape), value);
    if (element.low !== undefined && isTyped(value) && value.constructor === sameType) return flatProblem(value, element);
    for (let i = 0; i < size; i += 1) if (!element(value[i], i)) return element.problem(value[i], i, `[${i}]`);
    return undefined;
  };
}

/** The hot loop: a typed array of the space's own type under one pair of bounds. @param {any} data @param {any} element */
function flatProblem(data, element) {
  const { low, high } = element;
  for (let i = 0; i < data.length; i += 1) {
    if (!(data[i] >= low && data[i] <= high)) return element.problem(data[i], i, `[${i}]`);
  }
  return undefined;
}

/** @param {any} value @param {number[]} shape @param {any} element @returns {Problem|undefined} */
function nestedProblem(value, shape, element) {
  let index = 0;
  /** @param {any} part @param {number} axis @param {string} path @returns {Problem|undefined} */
  const level = (part, axis, path) => {
    if (axis === shape.length) {
      const at = index++;
      return element(part, at) ? undefined : element.problem(part, at, path);
    }
    if (!isList(part) || part.length !== shape[axis]) return problem(path, arrayNamed(shape.slice(axis)), part);
    for (let i = 0; i < part.length; i += 1) {
      const found = level(part[i], axis + 1, `${path}[${i}]`);
      if (found) return found;
    }
    return undefined;
  };
  return level(value, 0, '');
}

/**
 * The rule for element i of an array space. `low` and `high` are set where one pair of bounds holds for all.
 * @param {any} space
 */
function elementRule(space) {
  const dtype = dtypeOfSpace(space);
  const whole = RANGE[dtype] !== undefined;
  const cast = rounding(dtype);
  const { low, high } = bounds(space);
  const lows = isList(low) ? Array.from(low, cast) : undefined;
  const highs = isList(high) ? Array.from(high, cast) : undefined;
  const [least, most] = [lows ? 0 : cast(low), highs ? 0 : cast(high)];
  /** @param {any} x @param {number} i */
  const rule = (x, i) => {
    if (!isNumber(x, whole, dtype)) return false;
    const rounded = cast(x);
    return rounded >= (lows ? lows[i] : least) && rounded <= (highs ? highs[i] : most);
  };
  /** @param {any} x @param {number} i @param {string} path */
  rule.problem = (x, i, path) => {
    const kind = whole ? 'a whole number' : 'a number';
    return problem(path, `${kind} in [${lows ? lows[i] : least}, ${highs ? highs[i] : most}]`, x);
  };
  rule.low = lows || highs ? undefined : least;
  rule.high = most;
  return rule;
}

/** @param {any} x @param {boolean} whole @param {string} dtype */
function isNumber(x, whole, dtype) {
  if (typeof x === 'number') return !whole || Number.isInteger(x);
  return whole && (typeof x === 'bigint' || (dtype === 'bool' && typeof x === 'boolean'));
}

/** @param {string} dtype @returns {(x: any) => any} */
function rounding(dtype) {
  switch (dtype) {
    case 'float32': return Math.fround;
    case 'float16': return (x) => fromHalf(toHalf(x));
    default: return (x) => x;
  }
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
    const links = linksChecker(value.nodes.length, value.edges.length)(value.edge_links);
    return links && under('.edge_links', links);
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
    const wrong = checks[value[0]](value[1]);
    return wrong && under('[1]', wrong);
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

/** @param {string} path @param {Problem} problem @returns {Problem} */
function under(path, problem) {
  return { ...problem, path: path + problem.path };
}

/** @param {string} path @param {string} expected @param {unknown} value @returns {Problem} */
function problem(path, expected, value) {
  return { path, expected, found: shown(value) };
}

/** @param {number[]} shape */
function arrayNamed(shape) {
  if (shape.length === 0) return 'a number';
  if (shape.length === 1) return `a list of ${shape[0]} numbers`;
  return `lists of shape [${shape.join(', ')}], or a flat list of ${sizeOf(shape)} numbers`;
}

/** @param {unknown} value @returns {value is Record<string, any>} */
function isObject(value) {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** A value in a few words: enough to recognise it, never a screenful. @param {unknown} value @returns {string} */
function shown(value) {
  if (isList(value)) return `a list of ${value.length}`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (isObject(value)) return `an object with ${Object.keys(value).slice(0, 8).join(', ') || 'nothing in it'}`;
  return String(value);
}
