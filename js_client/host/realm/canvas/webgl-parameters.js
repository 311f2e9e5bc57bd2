/**
 * What WebGL says of itself: limits, versions and extensions, as a modest machine would have them.
 */

import { WebGLVertexArrayObject } from './webgl-objects.js';

/** Values by the name of the constant; a list is given as a typed array. @returns {Record<string, any>} */
const parameters = () => ({
  VENDOR: 'WebKit', RENDERER: 'WebKit WebGL',
  MAX_TEXTURE_SIZE: 4096, MAX_CUBE_MAP_TEXTURE_SIZE: 4096, MAX_RENDERBUFFER_SIZE: 4096, MAX_VIEWPORT_DIMS: Int32Array.of(4096, 4096),
  MAX_TEXTURE_IMAGE_UNITS: 16, MAX_VERTEX_TEXTURE_IMAGE_UNITS: 16, MAX_COMBINED_TEXTURE_IMAGE_UNITS: 32, MAX_VERTEX_ATTRIBS: 16,
  MAX_VERTEX_UNIFORM_VECTORS: 1024, MAX_FRAGMENT_UNIFORM_VECTORS: 1024, MAX_VARYING_VECTORS: 16,
  ALIASED_LINE_WIDTH_RANGE: Float32Array.of(1, 1), ALIASED_POINT_SIZE_RANGE: Float32Array.of(1, 1024),
  RED_BITS: 8, GREEN_BITS: 8, BLUE_BITS: 8, ALPHA_BITS: 8, DEPTH_BITS: 24, STENCIL_BITS: 8, SUBPIXEL_BITS: 4, SAMPLES: 0, SAMPLE_BUFFERS: 0,
  IMPLEMENTATION_COLOR_READ_FORMAT: 0x1908, IMPLEMENTATION_COLOR_READ_TYPE: 0x1401, COMPRESSED_TEXTURE_FORMATS: new Uint32Array(0),
  LINE_WIDTH: 1, UNPACK_ALIGNMENT: 4, PACK_ALIGNMENT: 4, CULL_FACE_MODE: 0x405, FRONT_FACE: 0x901, DEPTH_FUNC: 0x201, DEPTH_WRITEMASK: true,
  DEPTH_CLEAR_VALUE: 1, DEPTH_RANGE: Float32Array.of(0, 1), COLOR_CLEAR_VALUE: Float32Array.of(0, 0, 0, 0), BLEND_COLOR: Float32Array.of(0, 0, 0, 0),
  COLOR_WRITEMASK: [true, true, true, true], BLEND_SRC_RGB: 1, BLEND_SRC_ALPHA: 1, BLEND_DST_RGB: 0, BLEND_DST_ALPHA: 0,
  BLEND_EQUATION_RGB: 0x8006, BLEND_EQUATION_ALPHA: 0x8006, STENCIL_WRITEMASK: 0xffffffff, STENCIL_VALUE_MASK: 0xffffffff, STENCIL_FUNC: 0x207,
  ACTIVE_TEXTURE: 0x84c0,
  // WebGL 2
  MAX_SAMPLES: 4, MAX_DRAW_BUFFERS: 8, MAX_COLOR_ATTACHMENTS: 8, MAX_3D_TEXTURE_SIZE: 2048, MAX_ARRAY_TEXTURE_LAYERS: 2048,
  MAX_UNIFORM_BUFFER_BINDINGS: 24, MAX_UNIFORM_BLOCK_SIZE: 65536, UNIFORM_BUFFER_OFFSET_ALIGNMENT: 256, MAX_VERTEX_UNIFORM_COMPONENTS: 4096,
  MAX_FRAGMENT_UNIFORM_COMPONENTS: 4096, MAX_VERTEX_UNIFORM_BLOCKS: 12, MAX_FRAGMENT_UNIFORM_BLOCKS: 12, MAX_COMBINED_UNIFORM_BLOCKS: 24,
  MAX_VARYING_COMPONENTS: 64, MAX_VERTEX_OUTPUT_COMPONENTS: 64, MAX_FRAGMENT_INPUT_COMPONENTS: 64, MAX_ELEMENTS_INDICES: 1048576,
  MAX_ELEMENTS_VERTICES: 1048576, MAX_ELEMENT_INDEX: 4294967294, MAX_TEXTURE_LOD_BIAS: 2, MAX_TRANSFORM_FEEDBACK_SEPARATE_ATTRIBS: 4,
  MAX_TRANSFORM_FEEDBACK_INTERLEAVED_COMPONENTS: 64, MAX_TRANSFORM_FEEDBACK_SEPARATE_COMPONENTS: 4, MAX_SERVER_WAIT_TIMEOUT: 0,
  MIN_PROGRAM_TEXEL_OFFSET: -8, MAX_PROGRAM_TEXEL_OFFSET: 7, READ_BUFFER: 0x405,
});

/** Of extensions, which have no constants in the context. @type {[number, any][]} */
const EXTENSION_PARAMETERS = [[0x84ff, 16], [0x9245, 'stepwire'], [0x9246, 'draws nothing'], [0x8824, 8], [0x8cdf, 8], [0x8fbb, 0]];

/** @type {Record<number, [string, string]>} */
const VERSIONS = {
  1: ['WebGL 1.0 (OpenGL ES 2.0)', 'WebGL GLSL ES 1.0 (OpenGL ES GLSL ES 1.0)'],
  2: ['WebGL 2.0 (OpenGL ES 3.0)', 'WebGL GLSL ES 3.00 (OpenGL ES GLSL ES 3.0)'],
};

/** By number. @param {1|2} version @param {Record<string, number>} constants @returns {Map<number, any>} */
export function webglParameters(version, constants) {
  const values = new Map(EXTENSION_PARAMETERS);
  for (const [name, value] of Object.entries(parameters())) values.set(constants[name], value);
  values.set(constants.VERSION, VERSIONS[version][0]);
  values.set(constants.SHADING_LANGUAGE_VERSION, VERSIONS[version][1]);
  return values;
}

/** Extensions that WebGL 1 and 2 have here, and those that are parts of WebGL 2. */
const BOTH = ('EXT_color_buffer_half_float EXT_float_blend EXT_texture_filter_anisotropic KHR_parallel_shader_compile OES_texture_float_linear '
  + 'WEBGL_debug_renderer_info WEBGL_lose_context WEBGL_multi_draw').split(' ');
const ONLY_FIRST = ('ANGLE_instanced_arrays EXT_blend_minmax EXT_frag_depth EXT_shader_texture_lod EXT_sRGB OES_element_index_uint '
  + 'OES_fbo_render_mipmap OES_standard_derivatives OES_texture_float OES_texture_half_float OES_texture_half_float_linear OES_vertex_array_object '
  + 'WEBGL_color_buffer_float WEBGL_depth_texture WEBGL_draw_buffers').split(' ');
const ONLY_SECOND = ['EXT_color_buffer_float'];

/** @param {1|2} version @returns {string[]} */
export function extensionNames(version) {
  return [...(version === 1 ? ONLY_FIRST : ONLY_SECOND), ...BOTH].sort();
}

/** @type {Record<string, () => Record<string, any>>} */
const MEMBERS = {
  ANGLE_instanced_arrays: () => ({ VERTEX_ATTRIB_ARRAY_DIVISOR_ANGLE: 0x88fe, drawArraysInstancedANGLE() {}, drawElementsInstancedANGLE() {}, vertexAttribDivisorANGLE() {} }),
  EXT_blend_minmax: () => ({ MIN_EXT: 0x8007, MAX_EXT: 0x8008 }),
  EXT_color_buffer_half_float: () => ({ RGBA16F_EXT: 0x881a, RGB16F_EXT: 0x881b, FRAMEBUFFER_ATTACHMENT_COMPONENT_TYPE_EXT: 0x8211, UNSIGNED_NORMALIZED_EXT: 0x8c17 }),
  EXT_sRGB: () => ({ SRGB_EXT: 0x8c40, SRGB_ALPHA_EXT: 0x8c42, SRGB8_ALPHA8_EXT: 0x8c43, FRAMEBUFFER_ATTACHMENT_COLOR_ENCODING_EXT: 0x8210 }),
  EXT_texture_filter_anisotropic: () => ({ TEXTURE_MAX_ANISOTROPY_EXT: 0x84fe, MAX_TEXTURE_MAX_ANISOTROPY_EXT: 0x84ff }),
  KHR_parallel_shader_compile: () => ({ COMPLETION_STATUS_KHR: 0x91b1 }),
  OES_standard_derivatives: () => ({ FRAGMENT_SHADER_DERIVATIVE_HINT_OES: 0x8b8b }),
  OES_texture_half_float: () => ({ HALF_FLOAT_OES: 0x8d61 }),
  OES_vertex_array_object: () => ({
    VERTEX_ARRAY_BINDING_OES: 0x85b5, createVertexArrayOES: () => new WebGLVertexArrayObject(), deleteVertexArrayOES() {}, bindVertexArrayOES() {},
    isVertexArrayOES: (/** @type {any} */ object) => object instanceof WebGLVertexArrayObject,
  }),
  WEBGL_color_buffer_float: () => ({ RGBA32F_EXT: 0x8814, FRAMEBUFFER_ATTACHMENT_COMPONENT_TYPE_EXT: 0x8211, UNSIGNED_NORMALIZED_EXT: 0x8c17 }),
  WEBGL_debug_renderer_info: () => ({ UNMASKED_VENDOR_WEBGL: 0x9245, UNMASKED_RENDERER_WEBGL: 0x9246 }),
  WEBGL_depth_texture: () => ({ UNSIGNED_INT_24_8_WEBGL: 0x84fa }),
  WEBGL_draw_buffers: () => ({
    ...Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`COLOR_ATTACHMENT${i}_WEBGL`, 0x8ce0 + i])),
    ...Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`DRAW_BUFFER${i}_WEBGL`, 0x8825 + i])),
    MAX_COLOR_ATTACHMENTS_WEBGL: 0x8cdf, MAX_DRAW_BUFFERS_WEBGL: 0x8824, drawBuffersWEBGL() {},
  }),
  WEBGL_lose_context: () => ({ loseContext() {}, restoreContext() {} }),
  WEBGL_multi_draw: () => ({ multiDrawArraysWEBGL() {}, multiDrawElementsWEBGL() {}, multiDrawArraysInstancedWEBGL() {}, multiDrawElementsInstancedWEBGL() {} }),
};

/** @param {string} name @param {1|2} version @returns {any} null for one that there is not */
export function webglExtension(name, version) {
  const known = extensionNames(version).find((known) => known.toLowerCase() === String(name).toLowerCase().replace(/^(webkit|moz)_/, ''));
  return known === undefined ? null : MEMBERS[known]?.() ?? {};
}
