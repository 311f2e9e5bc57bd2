import assert from 'node:assert/strict';
import { test } from 'node:test';

import { WebGLActiveInfo, webglClasses, WebGLProgram, WebGLShader, WebGLShaderPrecisionFormat } from '../../../../../js_client/host/realm/canvas/webgl-objects.js';

test('classes go by their names', () => {
  for (const [name, Class] of Object.entries(webglClasses())) assert.equal(Class.name, name);
});

test('shaders and programs are empty at first', () => {
  assert.deepEqual([new WebGLShader(5)._type, new WebGLShader()._source, new WebGLProgram()._shaders.length], [5, '', 0]);
});

test('records have what engines read', () => {
  assert.deepEqual({ ...new WebGLActiveInfo('u', 1, 2) }, { name: 'u', type: 1, size: 2 });
  assert.deepEqual([new WebGLShaderPrecisionFormat(false).precision, new WebGLShaderPrecisionFormat(true).rangeMax], [23, 30]);
});
