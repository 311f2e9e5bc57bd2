/**
 * The names of a script's own scope, with what they begin as, and the members of its classes: as far as they can be seen
 * without parsing it.
 */

/**
 * @typedef {object} Declaration
 * @property {string} name
 * @property {string} value the beginning of what it is set to; '' where that is not said
 * @property {boolean} isCode a function or a class
 * @property {boolean} isExported
 */

const COMMENT_OR_TEXT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;
const DECLARATION = /(?<![\w$.])(export\s+(?:default\s+)?)?(?:(let|var|const)\s+([A-Za-z_$][\w$]*)\s*(=(?!=))?|(?:async\s+)?(function\*?|class)\s+([A-Za-z_$][\w$]*))/g;
const CLASS = /(?<![\w$.])class\s+([A-Za-z_$][\w$]*)[^{]*\{/g;
const MEMBER = /(?:(?<![\w$.])this\.([A-Za-z_$][\w$]*)\s*=(?!=)|^[ \t]*([A-Za-z_$][\w$]*)[ \t]*=(?![=>]))[ \t]*/gm;
const LONGEST_VALUE = 2000;

/** A text of the same length with nothing in its comments and strings. @param {string} text */
export function withoutTexts(text) {
  return text.replace(COMMENT_OR_TEXT, (found) => (found.startsWith('/') ? found.replace(/[^\n]/g, ' ') : found[0] + found.slice(1, -1).replace(/[^\n]/g, '_') + found[0]));
}

/** What a script declares outside of all braces. @param {string} text @returns {Declaration[]} */
export function declarationsIn(text) {
  const bare = withoutTexts(text);
  const depths = depthsOf(bare);
  return Array.from(bare.matchAll(DECLARATION)).filter(({ index }) => depths[index] === 0).flatMap((match) => {
    const [whole, exported, , name, isSet, code, codeName] = match;
    const from = match.index + whole.length;
    const first = { name: name ?? codeName, value: isSet ? valueAt(text, bare, from) : '', isCode: code !== undefined, isExported: exported !== undefined };
    return code ? [first] : [first, ...further(bare, text, from, first.isExported)];
  });
}

/** The members that a class sets, by the class's name. @param {string} text @returns {Map<string, Map<string, string>>} values by name */
export function membersIn(text) {
  const bare = withoutTexts(text);
  return new Map(Array.from(bare.matchAll(CLASS), (match) => {
    const from = match.index + match[0].length;
    const body = bare.slice(from, closing(bare, from));
    /** @type {Map<string, string>} */
    const members = new Map();
    for (const member of body.matchAll(MEMBER)) {
      const name = member[1] ?? member[2];
      const at = from + member.index + member[0].length;
      if (!members.has(name)) members.set(name, valueAt(text, bare, at));
    }
    return [match[1], members];
  }));
}

/** The members of an object that is written down. @param {string} value @returns {Map<string, string>} */
export function membersOf(value) {
  if (!value.startsWith('{')) return new Map();
  const bare = withoutTexts(value);
  const depths = depthsOf(bare);
  return new Map(Array.from(bare.matchAll(/([A-Za-z_$][\w$]*)\s*:\s*/g))
    .filter(({ index }) => depths[index] === 1)
    .map((match) => [match[1], valueAt(value, bare, match.index + match[0].length)]));
}

/** The other names of `let a = 1, b = 2`. @param {string} bare @param {string} text @param {number} from @param {boolean} isExported @returns {Declaration[]} */
function further(bare, text, from, isExported) {
  /** @type {Declaration[]} */
  const found = [];
  let at = end(bare, from);
  while (bare[at] === ',') {
    const match = /^,\s*([A-Za-z_$][\w$]*)\s*(=(?!=))?\s*/.exec(bare.slice(at, at + 400));
    if (!match) break;
    const begin = at + match[0].length;
    found.push({ name: match[1], value: match[2] ? valueAt(text, bare, begin) : '', isCode: false, isExported });
    at = end(bare, begin);
  }
  return found;
}

/** @param {string} text @param {string} bare @param {number} from */
function valueAt(text, bare, from) {
  return text.slice(from, Math.min(end(bare, from), from + LONGEST_VALUE)).trim();
}

/** Where an expression ends: at a comma or semicolon, a closing bracket, or a line's end that ends it. @param {string} bare @param {number} from */
function end(bare, from) {
  let depth = 0;
  for (let i = from; i < bare.length; i += 1) {
    const c = bare[i];
    if ('([{'.includes(c)) depth += 1;
    if (')]}'.includes(c) && --depth < 0) return i;
    if (depth > 0) continue;
    if (c === ',' || c === ';') return i;
    if (c === '\n' && bare.slice(from, i).trim() !== '' && !/[=+\-*/%&|?:,.<(]\s*$/.test(bare.slice(from, i)) && !/^\s*[.?:+\-*/,&|]/.test(bare.slice(i + 1, i + 40))) return i;
  }
  return bare.length;
}

/** @param {string} bare @param {number} from behind the opening brace */
function closing(bare, from) {
  let depth = 1;
  for (let i = from; i < bare.length; i += 1) {
    if (bare[i] === '{') depth += 1;
    if (bare[i] === '}' && --depth === 0) return i;
  }
  return bare.length;
}

/** How many brackets are open at each place. @param {string} bare */
function depthsOf(bare) {
  const depths = new Int32Array(bare.length);
  let depth = 0;
  for (let i = 0; i < bare.length; i += 1) {
    if (')]}'.includes(bare[i])) depth -= 1;
    depths[i] = depth;
    if ('([{'.includes(bare[i])) depth += 1;
  }
  return depths;
}
