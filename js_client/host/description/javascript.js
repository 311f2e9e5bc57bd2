/**
 * The JavaScript inside a description: is it an expression, is it statements, and what is the text of a function?
 *
 * Compiles and runs nothing of it: it is the game's realm that knows the names in it.
 */

import { Script } from 'node:vm';

/** A text with something around it. @typedef {[before: string, after: string]} Around */

/** @type {Around} */
const PARENTHESES = ['(', '\n)'];
/** @type {Around} */
const BRACKETS = ['[', '\n]'];
/** @type {Around} */
const FUNCTION = ['(function (stepwire, action) {', '\n})'];
/** @type {Around} */
const DECLARATION = ['function work(stepwire, action) {', '\n}'];
/** @type {Around} */
const NOTHING = ['', ''];
const TOO_EARLY = 'is not JavaScript: it ends too early';

/** What is wrong with a text that should be one expression; undefined when nothing is. @param {string} text */
export function expressionMistake(text) {
  if (!text.trim()) return 'is empty';
  const mistake = mistakeIn(text, PARENTHESES, BRACKETS) ?? mistakeIn(text, BRACKETS, PARENTHESES); // `a) + (b` passes one of them
  if (mistake === undefined || statementsMistake(text) !== undefined) return mistake;
  return `${mistake}; an expression is needed, and these are statements: (() => { … })() makes one of them`;
}

/** What is wrong with a text that should be the body of a function; undefined when nothing is. @param {string} text */
export function statementsMistake(text) {
  return mistakeIn(text, FUNCTION, NOTHING) ?? mistakeIn(text, DECLARATION, NOTHING); // `}); (() => {` passes one of them
}

/** What is wrong with a text that should be a script; undefined when nothing is. @param {string} text */
export function scriptMistake(text) {
  return mistakeIn(text, NOTHING, FUNCTION);
}

/**
 * The text of a function that the game's realm can evaluate as an expression.
 * @param {Function} given
 * @returns {{text: string}|{mistake: string}}
 */
export function functionText(given) {
  const text = Function.prototype.toString.call(given);
  if (/\{\s*\[native code\]\s*\}$/.test(text)) return { mistake: 'is a function without a text: one of the language\'s own, or bound' };
  if (/^async\b|^(function\s*)?\*/.test(text)) return { mistake: 'is a function that gives its result later; it has to give it at once' };
  if (/^class\b/.test(text)) return { mistake: 'is a class' };
  const candidates = [text, `function ${text}`, `function ${text.slice(text.indexOf('('))}`]; // the latter two for methods
  const fitting = candidates.find((candidate) => syntaxError(candidate, PARENTHESES) === undefined);
  return fitting === undefined ? { mistake: 'is a function whose text cannot be read again' } : { text: fitting };
}

/**
 * A mistake that shows only behind the text may be one of what was put around it: something else around it tells.
 * @param {string} text @param {Around} around @param {Around} otherwise
 */
function mistakeIn(text, around, otherwise) {
  const mistake = syntaxError(text, around);
  if (mistake === undefined || mistake.rest) return mistake && described(text, mistake);
  const second = syntaxError(text, otherwise);
  const isTold = second?.rest && !second.message.startsWith('Illegal return');
  return isTold ? described(text, second) : TOO_EARLY;
}

/**
 * @param {string} text @param {Around} around
 * @returns {{message: string, line: number, rest: string}|undefined} rest: what the text says from the mistake on
 */
function syntaxError(text, [before, after]) {
  try {
    new Script(before + text + after, { filename: 'text' });
    return undefined;
  } catch (error) {
    const { message, stack = '' } = /** @type {Error} */ (error);
    const [place = '', , marks = ''] = stack.split('\n');
    const line = Number(/:(\d+)$/.exec(place)?.[1] ?? 1);
    const column = Math.max(0, marks.indexOf('^') - (line === 1 ? before.length : 0));
    return { message, line, rest: (text.split('\n')[line - 1] ?? '').slice(column, column + 24).trim() };
  }
}

/** @param {string} text @param {{message: string, line: number, rest: string}} mistake */
function described(text, { message, line, rest }) {
  if (message === 'Unexpected end of input') return TOO_EARLY;
  const where = text.trimEnd().includes('\n') ? `line ${line}, at` : 'at';
  return `is not JavaScript: ${message} (${where} ${JSON.stringify(rest)})`;
}
