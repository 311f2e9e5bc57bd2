import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DESCRIPTION, INPUT, START } from '../../../../js_client/host/description/fields.js';
import { checked } from '../../../../js_client/host/description/values.js';

/** Every field, with its path. @param {any} field @param {string} path @returns {[string, any][]} */
function all(field, path) {
  const parts = [...(field.fields ?? []), ...(field.of ? [field.of] : [])];
  return [[path, field], ...parts.flatMap((part) => all(part, `${path}.${part.name}`))];
}

const FIELDS = all(DESCRIPTION, 'description');

test('every field is explained in a sentence', () => {
  assert.deepEqual(FIELDS.filter(([, { words }]) => !/^[A-Z].*[.?]$/.test(words)).map(([path]) => path), []);
});

test('every default is a value that its field takes', () => {
  for (const [path, field] of FIELDS.filter(([, { default: usual }]) => usual !== undefined)) {
    checked(field, field.default, path, (at, message) => assert.fail(`${at}: ${message}`));
  }
});

test('whoever leaves a field out is told what holds then', () => {
  const silent = FIELDS.filter(([path, field]) => /^description\.\w+(\.\w+)?$/.test(path) && field.kind !== 'table'
    && field.default === undefined && !field.needed && !field.otherwise);
  // The rules say when these are needed.
  assert.deepEqual(new Set(silent.map(([path]) => path)), new Set([
    'description.action.inputs', 'description.action.run', 'description.observation.read', 'description.episode.restart',
    'description.hooks.prelude', 'description.info.value', 'description.mounts.file',
  ]));
});

test('an entry of the start-up input is an Input that is not held, or waits', () => {
  const names = ({ name }) => name;
  assert.deepEqual(START.map(names), [...INPUT.map(names).filter((name) => name !== 'hold'), 'until', 'frames']);
});
