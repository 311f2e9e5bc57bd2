import assert from 'node:assert/strict';
import { test } from 'node:test';

import { schema } from '../../../../js_client/host/description/schema.js';

const { $defs: defs, ...root } = schema();

test('the schema is one of descriptions, in the words of the fields', () => {
  assert.equal(root.$schema, 'https://json-schema.org/draft/2020-12/schema');
  assert.deepEqual(root.required, ['action']);
  assert.deepEqual(root.properties.time.properties.frame_skip, {
    description: 'Frames that one step takes. In frames.', type: 'integer', minimum: 1, maximum: 10_000, default: 4,
  });
  assert.deepEqual(root.properties.screen.properties.pixel_ratio, {
    description: 'Device pixels for one CSS pixel.', type: 'number', exclusiveMinimum: 0, maximum: 8, default: 1,
  });
  assert.deepEqual(root.properties.episode.properties.reset.enum, ['hard', 'soft']);
});

test('no table takes what it does not know', () => {
  const open = [];
  const look = (part, path) => {
    if (typeof part !== 'object' || part === null) return;
    if (part.type === 'object' && part.additionalProperties === undefined) open.push(path);
    for (const [name, inner] of Object.entries(part)) look(inner, `${path}/${name}`);
  };
  look({ ...root, defs }, '');
  assert.deepEqual(open, []);
});

test('every reference leads somewhere', () => {
  const references = JSON.stringify({ ...root, defs }).matchAll(/"\$ref":"#\/\$defs\/(\w+)"/g);
  for (const [, name] of references) assert.ok(name in defs, name);
});

test('each kind of space has a form of its own', () => {
  const kinds = defs.space.anyOf.map(({ properties }) => properties.type.const);
  assert.equal(new Set(kinds).size, 10);
  const discrete = defs.space.anyOf[kinds.indexOf('Discrete')];
  assert.deepEqual([discrete.required, discrete.properties.n], [['type', 'n'], { type: 'integer', minimum: 1 }]);
});
