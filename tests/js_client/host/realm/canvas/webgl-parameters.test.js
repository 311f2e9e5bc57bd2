import assert from 'node:assert/strict';
import { test } from 'node:test';

import { webglConstants } from '../../../../../js_client/host/realm/canvas/webgl-constants.js';
import { extensionNames, webglExtension, webglParameters } from '../../../../../js_client/host/realm/canvas/webgl-parameters.js';
import { webgl2Constants } from '../../../../../js_client/host/realm/canvas/webgl2-constants.js';

const GL = webgl2Constants(webglConstants(null));

for (const [version, text] of [[1, 'WebGL 1.0'], [2, 'WebGL 2.0']]) {
  test(`version ${version} says so, as engines look for it`, () => {
    const values = webglParameters(version, GL);
    assert.ok(values.get(GL.VERSION).startsWith(text));
    assert.match(values.get(GL.SHADING_LANGUAGE_VERSION), /^WebGL GLSL ES [\d.]+/);
  });

  test(`all extensions of version ${version} are there, under older names, too`, () => {
    for (const name of extensionNames(version)) {
      assert.equal(typeof webglExtension(name, version), 'object');
      assert.ok(webglExtension(`WEBKIT_${name}`, version));
    }
  });
}

test('extensions have their constants and functions', () => {
  assert.equal(webglExtension('EXT_texture_filter_anisotropic', 2).MAX_TEXTURE_MAX_ANISOTROPY_EXT, 0x84ff);
  assert.equal(webglExtension('WEBGL_draw_buffers', 1).COLOR_ATTACHMENT3_WEBGL, 0x8ce3);
  const arrays = webglExtension('OES_vertex_array_object', 1);
  assert.ok(arrays.isVertexArrayOES(arrays.createVertexArrayOES()));
  assert.equal(webglExtension('WEBGL_lose_context', 1).loseContext(), undefined);
});

test('what is part of WebGL 2 is no extension of it, and others are none at all', () => {
  assert.equal(webglExtension('OES_vertex_array_object', 2), null);
  assert.equal(webglExtension('WEBGL_teapots', 1), null);
});
