import assert from 'node:assert/strict';
import { test } from 'node:test';

import { canvasRoom } from './rooms.js';

const NAMES = 'CanvasRenderingContext2D CanvasGradient CanvasPattern TextMetrics Path2D ImageData ImageBitmap OffscreenCanvas DOMMatrix DOMPoint createImageBitmap '
  + 'WebGLRenderingContext WebGL2RenderingContext WebGLBuffer WebGLShader WebGLProgram WebGLTexture WebGLUniformLocation';

for (const name of NAMES.split(' ')) {
  test(`a scope gets ${name}, hidden and replaceable`, () => {
    const scope = {};
    canvasRoom().room.defineGlobals(scope);
    assert.equal(typeof scope[name], 'function');
    assert.equal(scope[name].name, name);
    assert.equal(Object.keys(scope).length, 0);
    scope[name] = undefined;
    assert.ok(name in scope && scope[name] === undefined);
  });
}
