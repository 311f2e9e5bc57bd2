import assert from 'node:assert/strict';
import { test } from 'node:test';

import { webglContexts } from '../../../../../js_client/host/realm/canvas/webgl.js';
import { canvasRoom } from './rooms.js';

const contextOf = (type, attributes) => {
  const made = canvasRoom();
  return { ...made, gl: made.room.contextOf({ width: 300, height: 150 }, type, attributes) };
};
const members = (text) => [...text.matchAll(/\w+/g)].map(([name]) => name);

const METHODS = {
  webgl: members(`activeTexture attachShader bindAttribLocation bindBuffer bindFramebuffer bindRenderbuffer bindTexture blendColor blendEquation blendFunc
    bufferData bufferSubData checkFramebufferStatus clear clearColor colorMask compileShader compressedTexImage2D createBuffer createFramebuffer createProgram
    createRenderbuffer createShader createTexture cullFace deleteBuffer deleteTexture depthFunc depthMask disable drawArrays drawElements enable
    enableVertexAttribArray finish flush framebufferTexture2D generateMipmap getActiveAttrib getActiveUniform getAttribLocation getContextAttributes getError getExtension
    getParameter getProgramInfoLog getProgramParameter getShaderInfoLog getShaderParameter getShaderPrecisionFormat getSupportedExtensions
    getUniformLocation hint isBuffer isContextLost isEnabled lineWidth linkProgram pixelStorei readPixels renderbufferStorage scissor shaderSource stencilFunc texImage2D
    texParameteri texSubImage2D uniform1f uniform4fv uniformMatrix4fv useProgram validateProgram vertexAttribPointer viewport`),
  webgl2: members(`bindVertexArray createVertexArray drawArraysInstanced drawElementsInstanced drawBuffers bindBufferBase texStorage2D texImage3D fenceSync clientWaitSync
    blitFramebuffer uniform1ui uniformMatrix2x3fv vertexAttribDivisor vertexAttribIPointer getUniformBlockIndex uniformBlockBinding createSampler createQuery`),
};
for (const [type, names] of Object.entries(METHODS)) {
  test(`${type} has the methods that engines call`, () => {
    const { gl } = contextOf(type);
    assert.deepEqual(names.filter((name) => typeof gl[name] !== 'function'), []);
  });
}

test('WebGL 1 has nothing of WebGL 2, by which engines tell them apart', () => {
  const { gl } = contextOf('webgl');
  assert.deepEqual(['bindVertexArray', 'texStorage2D', 'drawArraysInstanced', 'TEXTURE_3D', 'createQuery'].filter((name) => name in gl), []);
  assert.equal(gl instanceof webglContexts().WebGL2RenderingContext, false);
});

test('WebGL 2 has what WebGL 1 has', () => {
  const { gl } = contextOf('webgl2');
  assert.deepEqual(METHODS.webgl.filter((name) => typeof gl[name] !== 'function'), []);
  assert.deepEqual([gl.TRIANGLES, gl.TEXTURE_3D, String(gl)], [4, 0x806f, '[object WebGL2RenderingContext]']);
});

test('classes and contexts have the constants', () => {
  const { WebGLRenderingContext, WebGL2RenderingContext } = webglContexts();
  assert.deepEqual([WebGLRenderingContext.FLOAT, WebGLRenderingContext.prototype.FLOAT, WebGL2RenderingContext.RGBA16F, contextOf('webgl').gl.FLOAT], [0x1406, 0x1406, 0x881a, 0x1406]);
  assert.throws(() => new WebGLRenderingContext(), TypeError);
});

/** What engines ask when they start. */
const ANSWERS = [
  ['MAX_TEXTURE_SIZE', 4096], ['MAX_TEXTURE_IMAGE_UNITS', 16], ['MAX_VIEWPORT_DIMS', Int32Array.of(4096, 4096)], ['VIEWPORT', Int32Array.of(0, 0, 300, 150)], ['SCISSOR_BOX', Int32Array.of(0, 0, 300, 150)],
  ['FRAMEBUFFER_BINDING', null], ['CURRENT_PROGRAM', null], ['BLEND', false], ['DITHER', true], ['COLOR_WRITEMASK', [true, true, true, true]], ['RENDERER', 'WebKit WebGL'], ['GENERATE_MIPMAP_HINT', 0],
];
for (const [name, expected] of ANSWERS) test(`${name} is answered`, () => assert.deepEqual(contextOf('webgl').gl.getParameter(contextOf('webgl').gl[name]), expected));

test('what is set is answered', () => {
  const { gl } = contextOf('webgl2');
  const [buffer, texture, framebuffer, program] = [gl.createBuffer(), gl.createTexture(), gl.createFramebuffer(), gl.createProgram()];
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffer);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.bindTexture(gl.TEXTURE_CUBE_MAP, texture);
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.bindRenderbuffer(gl.RENDERBUFFER, null);
  gl.useProgram(program);
  gl.viewport(1, 2, 3, 4);
  gl.scissor(5, 6, 7, 8);
  gl.activeTexture(gl.TEXTURE3);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  gl.enable(gl.BLEND);
  gl.disable(gl.DITHER);
  const names = 'ARRAY_BUFFER_BINDING ELEMENT_ARRAY_BUFFER_BINDING TEXTURE_BINDING_2D TEXTURE_BINDING_CUBE_MAP FRAMEBUFFER_BINDING RENDERBUFFER_BINDING CURRENT_PROGRAM ACTIVE_TEXTURE UNPACK_ALIGNMENT BLEND DITHER';
  assert.deepEqual(names.split(' ').map((name) => gl.getParameter(gl[name])), [buffer, buffer, texture, texture, framebuffer, null, program, gl.TEXTURE3, 1, true, false]);
  assert.deepEqual([[...gl.getParameter(gl.VIEWPORT)], [...gl.getParameter(gl.SCISSOR_BOX)], gl.isEnabled(gl.BLEND)], [[1, 2, 3, 4], [5, 6, 7, 8], true]);
});

test('objects are of their kinds', () => {
  const { gl } = contextOf('webgl2');
  for (const kind of ['Buffer', 'Framebuffer', 'Renderbuffer', 'Texture', 'Program', 'Query', 'Sampler', 'TransformFeedback', 'VertexArray']) {
    assert.deepEqual([gl[`is${kind}`](gl[`create${kind}`]()), gl[`is${kind}`]({})], [true, false], kind);
  }
  assert.ok(gl.isShader(gl.createShader(gl.VERTEX_SHADER)) && gl.isSync(gl.fenceSync()));
});

test('a program is linked and knows its names', () => {
  const { gl } = contextOf('webgl');
  const program = gl.createProgram();
  const shaders = [[gl.VERTEX_SHADER, 'attribute vec2 a; uniform vec2 u; void main() { gl_Position = vec4(a * u, 0, 1); }'], [gl.FRAGMENT_SHADER, 'void main() {}']].map(([type, source]) => {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    assert.deepEqual([gl.getShaderParameter(shader, gl.COMPILE_STATUS), gl.getShaderParameter(shader, gl.SHADER_TYPE), gl.getShaderParameter(shader, gl.DELETE_STATUS), gl.getShaderSource(shader)], [true, type, false, source]);
    gl.attachShader(program, shader);
    return shader;
  });
  gl.bindAttribLocation(program, 2, 'a');
  gl.linkProgram(program);
  assert.deepEqual(['LINK_STATUS', 'DELETE_STATUS', 'ACTIVE_UNIFORMS', 'ACTIVE_ATTRIBUTES', 'ATTACHED_SHADERS'].map((name) => gl.getProgramParameter(program, gl[name])), [true, false, 1, 1, 2]);
  assert.deepEqual([gl.getActiveUniform(program, 0).name, gl.getActiveAttrib(program, 0).name, gl.getActiveUniform(program, 1)], ['u', 'a', null]);
  assert.deepEqual([gl.getAttribLocation(program, 'a'), gl.getAttribLocation(program, 'b'), gl.getUniformLocation(program, 'none')], [2, -1, null]);
  assert.equal(gl.getUniformLocation(program, 'u'), gl.getUniformLocation(program, 'u'));
  assert.deepEqual([gl.getAttachedShaders(program), gl.getShaderInfoLog(shaders[0]), gl.getProgramInfoLog(program)], [shaders, '', '']);
});

test('a program of WebGL 2 knows its blocks', () => {
  const { gl } = contextOf('webgl2');
  const program = gl.createProgram();
  const shader = gl.createShader(gl.VERTEX_SHADER);
  gl.shaderSource(shader, '#version 300 es\nuniform Camera { mat4 view; }; uniform float u; void main() { u; view; }');
  gl.attachShader(program, shader);
  assert.deepEqual([gl.getUniformBlockIndex(program, 'Camera'), gl.getUniformBlockIndex(program, 'x'), gl.getActiveUniformBlockName(program, 0), gl.getProgramParameter(program, gl.ACTIVE_UNIFORM_BLOCKS)], [0, gl.INVALID_INDEX, 'Camera', 1]);
  assert.deepEqual([gl.getUniformIndices(program, ['u', 'x']), gl.getActiveUniforms(program, [0], gl.UNIFORM_OFFSET), gl.getFragDataLocation(program, 'color')], [[0, gl.INVALID_INDEX], [0], 0]);
});

test('what engines wait for is there', () => {
  const { gl } = contextOf('webgl2');
  assert.deepEqual([gl.checkFramebufferStatus(gl.FRAMEBUFFER) === gl.FRAMEBUFFER_COMPLETE, gl.getError(), gl.isContextLost(), gl.clientWaitSync() === gl.ALREADY_SIGNALED, gl.getSyncParameter() === gl.SIGNALED], [true, 0, false, true, true]);
  assert.ok(gl.getShaderPrecisionFormat(gl.FRAGMENT_SHADER, gl.HIGH_FLOAT).precision > 0);
  assert.equal(gl.getShaderPrecisionFormat(gl.FRAGMENT_SHADER, gl.HIGH_INT).precision, 0);
});

test('extensions are always the same objects', () => {
  const { gl } = contextOf('webgl');
  assert.ok(gl.getExtension('OES_vertex_array_object'));
  assert.equal(gl.getExtension('OES_vertex_array_object'), gl.getExtension('OES_vertex_array_object'));
  assert.equal(gl.getExtension('none'), null);
  assert.ok(gl.getSupportedExtensions().includes('ANGLE_instanced_arrays'));
});

test('attributes are those that were asked for', () => {
  const { alpha, antialias, stencil } = contextOf('webgl', { alpha: false, stencil: true }).gl.getContextAttributes();
  assert.deepEqual([alpha, antialias, stencil], [false, true, true]);
});

test('pixels that are read back are empty, and the report says so', () => {
  const { gl, notes } = contextOf('webgl');
  const pixels = new Uint8Array(4).fill(9);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  assert.deepEqual([[...pixels], notes()], [[0, 0, 0, 0], { needs_canvas: ['readPixels'] }]);
});

test('the drawing buffer is as large as the canvas', () => {
  const { gl } = contextOf('webgl');
  gl.canvas.width = 77;
  assert.deepEqual([gl.drawingBufferWidth, gl.drawingBufferHeight], [77, 150]);
});
