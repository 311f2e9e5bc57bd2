/**
 * What a key does besides its events: it writes into a field, presses a button, sends a form, moves a choice.
 *
 * Uses nothing but standard calls, as input.js.
 */

/** Types of <input> that are no text. */
const NO_TEXT = /^(button|checkbox|color|file|hidden|image|radio|range|reset|submit)$/;

/** @param {any} window @param {any} target that has the focus @param {string} key */
export function typeInto(window, target, key) {
  const tag = target.localName;
  if (target.disabled || target.readOnly) return;
  if (tag === 'textarea' || (tag === 'input' && !NO_TEXT.test(target.type))) writeText(window, target, key);
  else if (tag === 'select') choose(window, target, key);
  else if (isPressed(target, key)) target.click();
}

/** @param {any} target @param {string} key */
function isPressed({ localName, type }, key) {
  if (localName === 'button') return key === 'Enter' || key === ' ';
  if (localName === 'input') return key === ' ' || (key === 'Enter' && /^(button|submit|reset|image)$/.test(type));
  return localName === 'a' && key === 'Enter';
}

/** @param {any} window @param {any} field @param {string} key */
function writeText(window, field, key) {
  if (key === 'Enter' && field.localName === 'input') return submit(window, field);
  const typed = key === 'Enter' ? '\n' : key;
  const isText = [...typed].length === 1;
  if (!isText && key !== 'Backspace') return;
  const limit = field.maxLength >= 0 ? field.maxLength : Infinity;
  const value = isText ? (field.value + typed).slice(0, Math.max(limit, field.value.length)) : field.value.slice(0, -1);
  if (value === field.value) return;
  field.value = value;
  const inputType = isText ? 'insertText' : 'deleteContentBackward';
  field.dispatchEvent(new window.InputEvent('input', { bubbles: true, data: isText ? typed : null, inputType }));
}

/** @param {any} window @param {any} field */
function submit(window, field) {
  field.dispatchEvent(new window.Event('change', { bubbles: true }));
  const { form } = field;
  if (!form) return;
  const button = form.querySelector('button:not([type]), [type=submit]');
  if (button) button.click();
  else form.requestSubmit();
}

/** @param {any} window @param {any} select @param {string} key */
function choose(window, select, key) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!step) return;
  const index = Math.min(select.options.length - 1, Math.max(0, select.selectedIndex + step));
  if (index === select.selectedIndex) return;
  select.selectedIndex = index;
  for (const type of ['input', 'change']) select.dispatchEvent(new window.Event(type, { bubbles: true }));
}
