/**
 * The names of keys in a description, as KeyboardEvent.key has them, and what people write for them.
 */

import { shown } from '../../src/problems.js';
import { keyOf } from '../realm/keys.js';
import { nearest } from './nearest.js';

/** Keys that bear a name and make no character. */
export const NAMED_KEYS = [
  'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Enter', 'Escape', 'Tab', 'Backspace', 'Delete', 'Insert', 'Home', 'End', 'PageUp',
  'PageDown', 'Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'NumLock', 'ScrollLock', 'Pause', 'PrintScreen', 'ContextMenu',
  ...Array.from({ length: 12 }, (_, i) => `F${i + 1}`),
];

/** What is written for a key, and what its name is. @type {Record<string, string>} */
const USUAL_MISTAKES = {
  left: 'ArrowLeft', right: 'ArrowRight', up: 'ArrowUp', down: 'ArrowDown', space: ' ', return: 'Enter', ins: 'Insert', ctrl: 'Control', command: 'Meta',
  cmd: 'Meta', option: 'Alt', shiftleft: 'Shift', shiftright: 'Shift', controlleft: 'Control', controlright: 'Control', altleft: 'Alt', altright: 'Alt',
  numpadenter: 'Enter', pgup: 'PageUp', pgdn: 'PageDown',
};

/** The name of a key that a realm can press; old browsers' names, such as `Space`, are taken for the new ones. @param {unknown} name @returns {string|undefined} */
export function keyNamed(name) {
  if (typeof name !== 'string' || name === '') return undefined;
  const { key, code } = keyOf(name);
  return [...key].length === 1 || code !== '' ? key : undefined;
}

/** What is wrong with the name of a key; undefined when nothing is. @param {unknown} name @returns {string|undefined} */
export function keyMistake(name) {
  if (keyNamed(name) !== undefined) return undefined;
  if (typeof name !== 'string' || name === '') return `expected a key, such as "ArrowLeft" or "a", got ${shown(name)}`;
  const meant = meantBy(name);
  return `there is no key ${JSON.stringify(name)}; ${meant === undefined ? 'names are those of KeyboardEvent.key, such as "ArrowLeft" or "a"' : `did you mean ${JSON.stringify(meant)}?`}`;
}

/** @param {string} name @returns {string|undefined} */
function meantBy(name) {
  const plain = name.toLowerCase().replace(/[-_\s]/g, '');
  const [, character] = /^(?:key|digit|numpad)([a-z\d])$/.exec(plain) ?? [];
  return character ?? USUAL_MISTAKES[plain] ?? nearest(name, NAMED_KEYS);
}
