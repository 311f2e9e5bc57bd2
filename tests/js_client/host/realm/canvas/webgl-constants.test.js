import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { webglConstants } from '../../../../../js_client/host/realm/canvas/webgl-constants.js';

/** What TypeScript's description of the web says, where it is installed with its native compiler. */
function official() {
  const packages = new URL('../../../../../js_client/node_modules/@typescript/', import.meta.url);
  const [compiler] = readdirSync(packages).filter((name) => name.startsWith('typescript-'));
  const text = readFileSync(new URL(`${compiler}/lib/lib.dom.d.ts`, packages), 'utf8');
  const [, members] = /^interface WebGLRenderingContextBase \{(.*?)^\}/ms.exec(text);
  return Object.fromEntries(Array.from(members.matchAll(/readonly ([A-Z0-9_x]+): (-?\w+);/g), ([, name, value]) => [name, Number(value)]));
}

test('all constants have the numbers of the specification', () => {
  const constants = webglConstants(null);
  assert.equal(Object.keys(constants).length, 297);
  assert.deepEqual({ ...constants }, official());
});

test('they stand before what they are given', () => assert.equal(webglConstants({ other: 5 }).other, 5));
