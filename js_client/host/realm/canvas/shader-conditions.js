/**
 * What is left of a shader's source when comments are gone and conditions (`#ifdef`, `#if` …) are decided. Pure.
 */

const TOKEN = /\s*(defined\s*\(?\s*\w+\s*\)?|0x[\da-f]+|\d+|\w+|&&|\|\||[=!<>]=|[-+*/%()!<>])/iy;

/** Macros that lead to themselves lead nowhere. */
const MOST_DEPTH = 8;

/** Operators of `#if` by how tightly they bind. @type {Record<string, [number, (a: number, b: number) => number]>} */
const OPERATORS = {
  '||': [1, (a, b) => Number(a !== 0 || b !== 0)], '&&': [2, (a, b) => Number(a !== 0 && b !== 0)],
  '==': [3, (a, b) => Number(a === b)], '!=': [3, (a, b) => Number(a !== b)],
  '<': [4, (a, b) => Number(a < b)], '>': [4, (a, b) => Number(a > b)], '<=': [4, (a, b) => Number(a <= b)], '>=': [4, (a, b) => Number(a >= b)],
  '+': [5, (a, b) => a + b], '-': [5, (a, b) => a - b], '*': [6, (a, b) => a * b], '/': [6, (a, b) => Math.trunc(a / b)], '%': [6, (a, b) => a % b],
};

/**
 * @param {string} source
 * @returns {{text: string, macros: Map<string, string>}} the lines that are compiled, and what was defined
 */
export function preprocessed(source) {
  const macros = new Map([['GL_ES', '1'], ['GL_FRAGMENT_PRECISION_HIGH', '1'], ['__VERSION__', /^\s*#version 300/.test(source) ? '300' : '100']]);
  const lines = source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ').replace(/\\\n/g, '').split('\n');
  /** Conditions that we are in: whether this branch is taken, and whether one has been. @type {{isOn: boolean, wasOn: boolean}[]} */
  const levels = [];
  const kept = [];
  for (const line of lines) {
    const [, directive, rest] = /^\s*#\s*(\w+)\s*(.*)$/.exec(line) ?? [];
    const isOn = levels.every((level) => level.isOn);
    if (directive === undefined) {
      if (isOn) kept.push(line);
    } else if (!branch(directive, rest, levels, macros) && isOn) define(directive, rest, macros);
  }
  return { text: kept.join('\n'), macros };
}

/** @param {string} directive @param {string} rest @param {{isOn: boolean, wasOn: boolean}[]} levels @param {Map<string, string>} macros @returns {boolean} whether it was a condition */
function branch(directive, rest, levels, macros) {
  const level = levels[levels.length - 1];
  switch (directive) {
    case 'ifdef': levels.push(begun(macros.has(rest.trim()))); return true;
    case 'ifndef': levels.push(begun(!macros.has(rest.trim()))); return true;
    case 'if': levels.push(begun(evaluated(rest, macros) !== 0)); return true;
    case 'elif': if (level) turn(level, evaluated(rest, macros) !== 0); return true;
    case 'else': if (level) turn(level, true); return true;
    case 'endif': levels.pop(); return true;
    default: return false;
  }
}

/** @param {boolean} isOn */
function begun(isOn) {
  return { isOn, wasOn: isOn };
}

/** @param {{isOn: boolean, wasOn: boolean}} level @param {boolean} isTrue */
function turn(level, isTrue) {
  level.isOn = isTrue && !level.wasOn;
  level.wasOn ||= isTrue;
}

/** @param {string} directive @param {string} rest @param {Map<string, string>} macros */
function define(directive, rest, macros) {
  const [, name, hasArguments, value] = /^(\w+)(\()?\s*(.*)$/.exec(rest) ?? [];
  if (directive === 'undef') macros.delete(rest.trim());
  if (directive === 'define' && name) macros.set(name, hasArguments ? '' : value.trim());
}

/** The whole number that an expression is; 0 for what cannot be known. @param {string} expression @param {Map<string, string>} macros @param {number} [depth] of macros within macros */
export function evaluated(expression, macros, depth = 0) {
  const tokens = tokensOf(expression);
  let at = 0;

  /** @param {number} least how tightly an operator must bind @returns {number} */
  const binary = (least) => {
    let left = unary();
    for (let found = OPERATORS[tokens[at]]; found && found[0] >= least; found = OPERATORS[tokens[at]]) {
      at += 1;
      left = found[1](left, binary(found[0] + 1));
    }
    return left;
  };
  /** @returns {number} */
  const unary = () => {
    const token = tokens[at];
    at += 1;
    if (token === '!') return Number(unary() === 0);
    if (token === '-') return -unary();
    if (token === '+') return unary();
    if (token !== '(') return token === undefined ? 0 : macroValue(token, macros, depth);
    const inside = binary(1);
    at += 1; // the closing bracket
    return inside;
  };
  return binary(1);
}

/** @param {string} expression */
function tokensOf(expression) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(expression); found; found = TOKEN.exec(expression)) tokens.push(found[1]);
  return tokens;
}

/** @param {string} token @param {Map<string, string>} macros @param {number} depth */
function macroValue(token, macros, depth) {
  const [, name] = /^defined\s*\(?\s*(\w+)/.exec(token) ?? [];
  if (name) return Number(macros.has(name));
  if (/^\d/.test(token)) return Number.parseInt(token, token.startsWith('0x') ? 16 : 10);
  const value = macros.get(token);
  return value === undefined || depth > MOST_DEPTH ? 0 : evaluated(value, macros, depth + 1);
}
