/**
 * Keys: what KeyboardEvent.key names, with the code and the number that browsers give for it on a US keyboard. Pure.
 */

/** @typedef {{key: string, code: string, keyCode: number, charCode: number, location: number}} Key */

/** Keys that make no character: their code, their number and where they are. @type {Record<string, [string, number, number?]>} */
const NAMED_KEYS = {
  Backspace: ['Backspace', 8], Tab: ['Tab', 9], Clear: ['Clear', 12], Enter: ['Enter', 13], Shift: ['ShiftLeft', 16, 1], Control: ['ControlLeft', 17, 1],
  Alt: ['AltLeft', 18, 1], Pause: ['Pause', 19], CapsLock: ['CapsLock', 20], Escape: ['Escape', 27], PageUp: ['PageUp', 33], PageDown: ['PageDown', 34],
  End: ['End', 35], Home: ['Home', 36], ArrowLeft: ['ArrowLeft', 37], ArrowUp: ['ArrowUp', 38], ArrowRight: ['ArrowRight', 39], ArrowDown: ['ArrowDown', 40],
  PrintScreen: ['PrintScreen', 44], Insert: ['Insert', 45], Delete: ['Delete', 46], Meta: ['MetaLeft', 91, 1], ContextMenu: ['ContextMenu', 93],
  NumLock: ['NumLock', 144], ScrollLock: ['ScrollLock', 145], AltGraph: ['AltRight', 18, 2],
};

/** Signs of a US keyboard: the key's code, its number, and what it types with and without Shift. @type {[string, number, string][]} */
const SIGNS = [
  ['Space', 32, ' '], ['Semicolon', 186, ';:'], ['Equal', 187, '=+'], ['Comma', 188, ',<'], ['Minus', 189, '-_'], ['Period', 190, '.>'], ['Slash', 191, '/?'],
  ['Backquote', 192, '`~'], ['BracketLeft', 219, '[{'], ['Backslash', 220, '\\|'], ['BracketRight', 221, ']}'], ['Quote', 222, '\'"'],
];
const SHIFTED_DIGITS = ')!@#$%^&*(';

/** @param {string} key a name as in KeyboardEvent.key; `Spacebar`, `Esc` and `Left` of old browsers, too @returns {Key} */
export function keyOf(key) {
  const name = OLD_NAMES[key] ?? key;
  const named = NAMED_KEYS[name];
  if (named) return { key: name, code: named[0], keyCode: named[1], charCode: name === 'Enter' ? 13 : 0, location: named[2] ?? 0 };
  const [code, keyCode] = characterKey(name);
  return { key: name, code, keyCode, charCode: [...name].length === 1 ? /** @type {number} */ (name.codePointAt(0)) : 0, location: 0 };
}

/** @type {Record<string, string>} */
const OLD_NAMES = { Space: ' ', Spacebar: ' ', Esc: 'Escape', Left: 'ArrowLeft', Up: 'ArrowUp', Right: 'ArrowRight', Down: 'ArrowDown', Del: 'Delete' };

/** @param {string} name @returns {[string, number]} */
function characterKey(name) {
  if (/^[a-z]$/i.test(name)) return [`Key${name.toUpperCase()}`, name.toUpperCase().charCodeAt(0)];
  if (/^\d$/.test(name)) return [`Digit${name}`, name.charCodeAt(0)];
  const [, number] = /^F(\d{1,2})$/.exec(name) ?? [];
  if (number) return [name, 111 + Number(number)];
  const digit = name.length === 1 ? SHIFTED_DIGITS.indexOf(name) : -1;
  if (digit >= 0) return [`Digit${digit}`, 48 + digit];
  const sign = name.length === 1 ? SIGNS.find(([, , signs]) => signs.includes(name)) : undefined;
  return sign ? [sign[0], sign[1]] : ['', 0];
}

/** Whether a key types a character, which is what `keypress` tells. @param {Key} key */
export function isTyping(key) {
  return key.charCode > 0;
}
