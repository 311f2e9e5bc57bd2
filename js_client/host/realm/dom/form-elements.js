/**
 * Elements of forms: input, textarea, select, option, button, label and form.
 */

import { here } from '../web/here.js';
import { Event, trusted } from '../web/event.js';
import { SubmitEvent } from '../web/interface-events.js';
import { dispatch } from '../web/targets.js';
import { ACTIVATION } from './activation.js';
import { attribute, reflects } from './attributes.js';
import { HTMLElement } from './html-element.js';
import { elementsBelow } from './links.js';
import { collection, liveCollection } from './lists.js';

/** What all controls have. */
class HTMLControlElement extends HTMLElement {
  /** @returns {any} */
  get form() { return this.closest('form'); }
  get labels() { return elementsBelow(here.document, (element) => element.localName === 'label' && element.control === this); }
  get validity() { return { valid: true, valueMissing: false, badInput: false }; }
  get validationMessage() { return ''; }
  get willValidate() { return true; }
  checkValidity() { return true; }
  reportValidity() { return true; }
  setCustomValidity() {}
}
reflects(HTMLControlElement, { texts: 'name', flags: 'disabled required readOnly multiple' });

/** @param {any} element @param {string[]} types */
function tellChange(element, types) {
  for (const type of types) dispatch(element, trusted(new Event(type, { bubbles: true })));
}

export class HTMLInputElement extends HTMLControlElement {
  /** What a script or a player has entered. @type {string|undefined} */
  #value;
  /** @type {boolean|undefined} */
  #checked;
  selectionStart = 0;
  selectionEnd = 0;
  indeterminate = false;
  files = null;

  get type() { return (attribute(this, 'type') ?? 'text').toLowerCase(); }
  set type(value) { this.setAttribute('type', value); }
  get isBox() { return this.type === 'checkbox' || this.type === 'radio'; }
  get value() {
    if (this.isBox) return attribute(this, 'value') ?? 'on';
    const value = this.#value ?? attribute(this, 'value') ?? '';
    return this.type === 'range' ? String(this.#ranged(value)) : value;
  }

  set value(value) {
    if (this.isBox) this.setAttribute('value', value);
    else this.#value = value === null ? '' : String(value);
    this.selectionStart = this.selectionEnd = this.value.length;
  }

  get valueAsNumber() { return this.value === '' ? NaN : Number(this.value); }
  set valueAsNumber(value) { this.value = String(value); }
  get checked() { return this.#checked ?? attribute(this, 'checked') !== null; }
  set checked(value) {
    this.#checked = Boolean(value);
    here.changes += 1;
    if (this.#checked && this.type === 'radio') this.#uncheckOthers();
  }

  select() { this.setSelectionRange(0, this.value.length); }
  /** @param {number} start @param {number} end */
  setSelectionRange(start, end) {
    this.selectionStart = start;
    this.selectionEnd = end;
  }

  /** @param {number} [steps] */
  stepUp(steps = 1) { this.valueAsNumber = (this.valueAsNumber || 0) + steps * (Number(attribute(this, 'step')) || 1); }
  /** @param {number} [steps] */
  stepDown(steps = 1) { this.stepUp(-steps); }

  [ACTIVATION]() {
    if (this.hasAttribute('disabled')) return undefined;
    if (!this.isBox) return (/** @type {boolean} */ isPrevented) => !isPrevented && pressButton(this, this.type);
    const before = this.checked;
    this.checked = this.type === 'radio' || !before;
    return (/** @type {boolean} */ isPrevented) => {
      if (isPrevented) this.checked = before;
      else if (this.checked !== before) tellChange(this, ['input', 'change']);
    };
  }

  /** Within the bounds of a slider. @param {string} text */
  #ranged(text) {
    const [least, most] = [Number(attribute(this, 'min') ?? 0), Number(attribute(this, 'max') ?? 100)];
    const value = text === '' || Number.isNaN(Number(text)) ? (least + most) / 2 : Number(text);
    return Math.max(least, Math.min(most, value));
  }

  #uncheckOthers() {
    const { name } = /** @type {any} */ (this);
    const group = elementsBelow(this.form ?? this.getRootNode(), (other) => other !== this && other.localName === 'input' && other.type === 'radio' && other.name === name);
    for (const other of name ? group : []) if (other.checked) other.checked = false;
  }
}
reflects(HTMLInputElement, { texts: 'placeholder min max step pattern defaultValue:value alt src autocomplete accept', flags: 'defaultChecked:checked', numbers: { maxLength: -1, size: 20 } });

export class HTMLTextAreaElement extends HTMLControlElement {
  /** @type {string|undefined} */
  #value;
  selectionStart = 0;
  selectionEnd = 0;

  get type() { return 'textarea'; }
  get value() { return this.#value ?? this.textContent; }
  set value(value) { this.#value = String(value); }
  get defaultValue() { return this.textContent; }
  select() {}
  setSelectionRange() {}
}
reflects(HTMLTextAreaElement, { texts: 'placeholder', numbers: { rows: 2, cols: 20, maxLength: -1 } });

export class HTMLButtonElement extends HTMLControlElement {
  get type() { return (attribute(this, 'type') ?? 'submit').toLowerCase(); }
  set type(value) { this.setAttribute('type', value); }
  [ACTIVATION]() {
    return (/** @type {boolean} */ isPrevented) => !isPrevented && !this.hasAttribute('disabled') && pressButton(this, this.type);
  }
}
reflects(HTMLButtonElement, { texts: 'value' });

/** @param {any} button @param {string} type */
function pressButton(button, type) {
  const { form } = button;
  if (form && (type === 'submit' || type === 'image')) form.requestSubmit(button);
  if (form && type === 'reset') form.reset();
}

export class HTMLSelectElement extends HTMLControlElement {
  get type() { return 'select-one'; }
  get options() { return liveCollection(() => optionsIn(this)); }
  get length() { return optionsIn(this).length; }
  get selectedIndex() { return optionsIn(this).findIndex((option) => option.selected); }
  set selectedIndex(index) { optionsIn(this).forEach((option, i) => { option.selected = i === index; }); }
  get selectedOptions() { return collection(optionsIn(this).filter((option) => option.selected)); }
  get value() { return optionsIn(this).find((option) => option.selected)?.value ?? ''; }
  set value(value) { optionsIn(this).forEach((option) => { option.selected = option.value === String(value); }); }
  /** @param {any} option */
  add(option) { this.appendChild(option); }
  /** @param {number} [index] */
  remove(index) { (index === undefined ? /** @type {any} */ (this) : optionsIn(this)[index])?.parentNode?.removeChild(index === undefined ? this : optionsIn(this)[index]); }
}

/** @param {any} select @returns {any[]} */
function optionsIn(select) {
  return elementsBelow(select, ({ localName }) => localName === 'option');
}

export class HTMLOptionElement extends HTMLElement {
  /** @type {boolean|undefined} */
  #selected;

  get value() { return attribute(this, 'value') ?? this.text; }
  set value(value) { this.setAttribute('value', value); }
  get text() { return this.textContent.replace(/\s+/g, ' ').trim(); }
  set text(text) { this.textContent = text; }
  get index() { return optionsIn(this.closest('select') ?? this).indexOf(this); }
  get selected() {
    const select = this.closest('select');
    const wish = this.#selected ?? attribute(this, 'selected') !== null;
    if (wish || !select || select.multiple) return wish;
    // Of a list where none is chosen, it is the first.
    const options = optionsIn(select);
    return options[0] === this && !options.some((option) => option !== this && option.isWished);
  }

  set selected(value) {
    this.#selected = Boolean(value);
    const select = this.closest('select');
    if (value && select && !select.multiple) for (const option of optionsIn(select)) if (option !== this) option.unselect();
  }

  get isWished() { return this.#selected ?? attribute(this, 'selected') !== null; }
  unselect() { this.#selected = false; }
}
reflects(HTMLOptionElement, { texts: 'label', flags: 'disabled defaultSelected:selected' });

export class HTMLLabelElement extends HTMLElement {
  get control() {
    const id = attribute(this, 'for');
    return id === null ? /** @type {any} */ (this).querySelector('input, button, select, textarea') : this.ownerDocument.getElementById(id);
  }

  /** @param {any} event */
  [ACTIVATION](event) {
    const { control } = this;
    if (!control || control.contains(event.target)) return undefined;
    return (/** @type {boolean} */ isPrevented) => !isPrevented && control.click();
  }
}
reflects(HTMLLabelElement, { texts: 'htmlFor:for' });

export class HTMLFormElement extends HTMLElement {
  get elements() { return liveCollection(() => controlsIn(this)); }
  get length() { return controlsIn(this).length; }
  checkValidity() { return true; }
  reportValidity() { return true; }
  submit() { here.kernel.report.note('needs_browser', `sending a form to ${attribute(this, 'action') ?? 'the page'}`); }
  /** @param {any} [submitter] */
  requestSubmit(submitter = null) {
    if (dispatch(this, trusted(new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter })))) this.submit();
  }

  reset() {
    if (!dispatch(this, trusted(new Event('reset', { bubbles: true, cancelable: true })))) return;
    for (const control of controlsIn(this)) {
      if (control.isBox) control.checked = control.defaultChecked;
      else if ('defaultValue' in control) control.value = control.defaultValue;
    }
  }
}
reflects(HTMLFormElement, { texts: 'name action method target' });

/** @param {any} form @returns {any[]} */
function controlsIn(form) {
  return elementsBelow(form, ({ localName }) => /^(input|select|textarea|button|fieldset|output)$/.test(localName));
}
