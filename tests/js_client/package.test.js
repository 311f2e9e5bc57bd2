import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { hello } from '../../js_client/src/conversation.js';
import { counter } from './scripted.js';

const FOLDER = new URL('../../js_client/', import.meta.url);
const json = (name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
const told = json('package.json');

test('the hello tells the version of the package', () => {
  assert.equal(hello(counter(), { name: 'x', instances: 1 }).client, `stepwire-js/${told.version}`);
});

test('a game needs nothing but the package', () => {
  assert.equal(told.dependencies, undefined);
});

test('everything that the package exports is there', () => {
  const files = Object.values(told.exports).map((target) => target.default ?? target).filter((file) => !file.includes('*'));
  for (const file of [...files, ...Object.values(told.bin)]) assert.ok(existsSync(new URL(file, FOLDER)), file);
});

test('the lock file names no registry, so that a mirror serves as well', () => {
  for (const [name, entry] of Object.entries(json('package-lock.json').packages)) assert.equal(entry.resolved, undefined, name);
});
