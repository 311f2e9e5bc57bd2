import assert from 'node:assert/strict';
import { test } from 'node:test';

import { linked, locationOf } from '../../../../../js_client/host/realm/canvas/webgl-programs.js';

const [VERTEX, FRAGMENT] = [0x8b31, 0x8b30];
const [FLOAT, VEC2, VEC3, VEC4, MAT4, SAMPLER] = [0x1406, 0x8b50, 0x8b51, 0x8b52, 0x8b5c, 0x8b5e];
const program = (vertex, fragment = '', bound = []) => linked([{ _type: VERTEX, _source: vertex }, { _type: FRAGMENT, _source: fragment }], new Map(bound));
const list = (infos) => infos.map(({ name, type, size }) => [name, type, size]);

const SPRITES = program(`
  precision mediump float;
  uniform mat4 uProjection; // for all
  attribute vec2 aPosition, aTexture;
  attribute vec4 aColor;
  attribute float aUnused;
  varying vec2 vTexture;
  void main() { gl_Position = uProjection * vec4(aPosition, 0., 1.) + aColor; vTexture = aTexture; }`, `
  #define COUNT 16
  uniform sampler2D uSamplers[COUNT];
  uniform lowp float uAlpha;
  uniform float uNothing;
  #if COUNT > 20
  uniform vec3 uMany;
  #endif
  varying vec2 vTexture;
  void main() { gl_FragColor = texture2D(uSamplers[0], vTexture) * uAlpha; }`);

test('uniforms are those of both shaders that are used', () => {
  assert.deepEqual(list(SPRITES.uniforms), [['uProjection', MAT4, 1], ['uSamplers[0]', SAMPLER, 16], ['uAlpha', FLOAT, 1]]);
});

test('attributes are those of the vertex shader that are used', () => {
  assert.deepEqual(list(SPRITES.attributes), [['aPosition', VEC2, 1], ['aTexture', VEC2, 1], ['aColor', VEC4, 1]]);
  assert.deepEqual([...SPRITES.places], [['aPosition', 0], ['aTexture', 1], ['aColor', 2]]);
});

test('structures are uniforms of their own for each member', () => {
  const { uniforms } = program('void main() {}', `
    struct Light { vec3 direction; vec3 color, shade[2]; };
    struct Deep { Light light; float power; };
    uniform Light lights[2];
    uniform Deep deep;
    void main() { lights[0].color; deep.power; }`);
  assert.deepEqual(list(uniforms), [
    ['lights[0].direction', VEC3, 1], ['lights[0].color', VEC3, 1], ['lights[0].shade[0]', VEC3, 2],
    ['lights[1].direction', VEC3, 1], ['lights[1].color', VEC3, 1], ['lights[1].shade[0]', VEC3, 2],
    ['deep.light.direction', VEC3, 1], ['deep.light.color', VEC3, 1], ['deep.light.shade[0]', VEC3, 2], ['deep.power', FLOAT, 1],
  ]);
});

const SECOND = program(`#version 300 es
  layout(location = 3) in vec3 position;
  in vec2 uv;
  flat in highp vec4 tint;
  uniform Camera { mat4 view; mat4 projection; };
  layout(std140) uniform Unused { vec4 x; } unused;
  uniform highp vec2 size;
  out vec2 vUv;
  void main() { vUv = uv * size; gl_Position = projection * view * vec4(position, 1.0) + tint; }`, `#version 300 es
  in vec2 vUv;
  uniform Camera { mat4 view; mat4 projection; };
  out vec4 color;
  void main() { color = vec4(vUv, 0.0, 1.0); }`, [['tint', 0]]);

test('WebGL 2 has in, blocks and places that shaders say', () => {
  assert.deepEqual(list(SECOND.uniforms), [['size', VEC2, 1]]);
  assert.deepEqual(list(SECOND.attributes), [['position', VEC3, 1], ['uv', VEC2, 1], ['tint', VEC4, 1]]);
  assert.deepEqual([...SECOND.places], [['position', 3], ['tint', 0], ['uv', 1]]);
  assert.deepEqual(SECOND.blocks, ['Camera', 'Unused']);
});

test('a uniform that both shaders declare and none uses is not active', () => {
  assert.deepEqual(program('uniform float u; void main() {}', 'uniform float u; void main() {}').uniforms, []);
  assert.equal(program('uniform float u; void main() { u; }', 'uniform float u; void main() {}').uniforms.length, 1);
});

for (const [name, isThere] of [['uAlpha', true], ['uSamplers', true], ['uSamplers[0]', true], ['uSamplers[15]', true], ['uSamplers[16]', false], ['uNothing', false], ['uAlpha[0]', false]]) {
  test(`${name} has ${isThere ? 'a' : 'no'} location, always the same`, () => {
    const location = locationOf(SPRITES, name);
    assert.equal(location !== null, isThere);
    assert.equal(locationOf(SPRITES, name), location);
  });
}
