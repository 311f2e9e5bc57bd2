/**
 * KeyboardEvent.code of the key that bears a name, on a US keyboard. Pure.
 */

/** @type {Record<string, string>} */
const WX_KEY_CODES = {
  ' ': 'Space', Shift: 'ShiftLeft', Control: 'ControlLeft', Alt: 'AltLeft', Meta: 'MetaLeft', '-': 'Minus', '=': 'Equal', ',': 'Comma',
  '.': 'Period', '/': 'Slash', ';': 'Semicolon', "'": 'Quote', '[': 'BracketLeft', ']': 'BracketRight', '\\': 'Backslash', '`': 'Backquote',
};

/** @param {string} key as KeyboardEvent.key has it */
export function wxKeyCode(key) {
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`;
  if (/^\d$/.test(key)) return `Digit${key}`;
  return WX_KEY_CODES[key] ?? key;
}
