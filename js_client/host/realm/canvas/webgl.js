/**
 * `WebGLRenderingContext` and `WebGL2RenderingContext` that draw nothing: engines start, load their shaders and go on as
 * if there were a graphics card.
 *
 * Answers what engines ask: limits, names of uniforms, what is bound and enabled. Pixels read back are empty.
 */

import { SECOND_SILENT_CALLS, SILENT_CALLS } from './webgl-calls.js';
import { webglConstants } from './webgl-constants.js';
import {
  WebGLBuffer, WebGLFramebuffer, WebGLProgram, WebGLQuery, WebGLRenderbuffer, WebGLSampler, WebGLShader, WebGLShaderPrecisionFormat,
  WebGLSync, WebGLTexture, WebGLTransformFeedback, WebGLVertexArrayObject,
} from './webgl-objects.js';
import { extensionNames, webglExtension, webglParameters } from './webgl-parameters.js';
import { linked, locationOf } from './webgl-programs.js';
import { webgl2Constants } from './webgl2-constants.js';

/** @typedef {import('./canvas.js').CanvasRoom} CanvasRoom */

/** All constants of WebGL 2, with those of WebGL 1 behind them; filled in by webglContexts. @type {Record<string, any>} */
let GL = {};

/** Whether the attributes that a game did not ask for are on. */
const CONTEXT_ATTRIBUTES = {
  alpha: true, antialias: true, depth: true, desynchronized: false, failIfMajorPerformanceCaveat: false, powerPreference: 'default',
  premultipliedAlpha: true, preserveDrawingBuffer: false, stencil: false, xrCompatible: false,
};

class WebGLBase {
  /** @type {CanvasRoom} */
  #room;
  #attributes;
  /** @type {1|2} */
  #version;
  /** Values of parameters that were set. @type {Map<number, any>} */
  #set = new Map();
  /** @type {Map<number, any>|undefined} */
  #parameters;
  /** @type {Map<string, any>} */
  #extensions = new Map();
  #enabled = new Set([GL.DITHER]);

  /** @param {CanvasRoom} room @param {any} owner @param {any} attributes @param {1|2} version */
  constructor(room, owner, attributes, version) {
    if (owner === undefined) throw new TypeError('Illegal constructor');
    this.#room = room;
    this.#version = version;
    this.#attributes = { ...CONTEXT_ATTRIBUTES, ...attributes };
    this.canvas = owner;
    this.drawingBufferColorSpace = 'srgb';
    this.unpackColorSpace = 'srgb';
  }

  get drawingBufferWidth() { return Math.max(1, this.canvas.width); }
  get drawingBufferHeight() { return Math.max(1, this.canvas.height); }
  getContextAttributes() { return { ...this.#attributes }; }
  isContextLost() { return false; }
  getError() { return GL.NO_ERROR; }
  checkFramebufferStatus() { return GL.FRAMEBUFFER_COMPLETE; }
  getSupportedExtensions() { return extensionNames(this.#version); }
  makeXRCompatible() { return Promise.resolve(); }

  /** @param {string} name */
  getExtension(name) {
    if (!this.#extensions.has(name)) this.#extensions.set(name, webglExtension(name, this.#version));
    return this.#extensions.get(name);
  }

  /** @param {number} name */
  getParameter(name) {
    const set = this.#set.get(name);
    if (set !== undefined) return set;
    if (name === GL.VIEWPORT || name === GL.SCISSOR_BOX) return Int32Array.of(0, 0, this.drawingBufferWidth, this.drawingBufferHeight);
    if (BINDING.test(nameOf(name))) return null;
    this.#parameters ??= webglParameters(this.#version, GL);
    const value = this.#parameters.get(name);
    if (value === undefined) return CAPABILITY.test(nameOf(name)) ? this.#enabled.has(name) : 0;
    return typeof value === 'object' ? value.slice() : value;
  }

  /** @param {number} capability */
  enable(capability) { this.#enabled.add(capability); }
  /** @param {number} capability */
  disable(capability) { this.#enabled.delete(capability); }
  /** @param {number} capability */
  isEnabled(capability) { return this.#enabled.has(capability); }
  /** @param {number} name @param {any} value */
  pixelStorei(name, value) { this.#set.set(name, value); }
  /** @param {number} unit */
  activeTexture(unit) { this.#set.set(GL.ACTIVE_TEXTURE, unit); }
  /** @param {any} program */
  useProgram(program) { this.#set.set(GL.CURRENT_PROGRAM, program); }
  /** @param {number} target @param {any} buffer */
  bindBuffer(target, buffer) {
    if (target === GL.ARRAY_BUFFER) this.#set.set(GL.ARRAY_BUFFER_BINDING, buffer);
    else if (target === GL.ELEMENT_ARRAY_BUFFER) this.#set.set(GL.ELEMENT_ARRAY_BUFFER_BINDING, buffer);
  }

  /** @param {number} target @param {any} texture */
  bindTexture(target, texture) {
    if (target === GL.TEXTURE_2D) this.#set.set(GL.TEXTURE_BINDING_2D, texture);
    else if (target === GL.TEXTURE_CUBE_MAP) this.#set.set(GL.TEXTURE_BINDING_CUBE_MAP, texture);
  }

  /** @param {number} _target @param {any} framebuffer */
  bindFramebuffer(_target, framebuffer) { this.#set.set(GL.FRAMEBUFFER_BINDING, framebuffer); }
  /** @param {number} _target @param {any} renderbuffer */
  bindRenderbuffer(_target, renderbuffer) { this.#set.set(GL.RENDERBUFFER_BINDING, renderbuffer); }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  viewport(x, y, width, height) { this.#set.set(GL.VIEWPORT, Int32Array.of(x, y, width, height)); }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  scissor(x, y, width, height) { this.#set.set(GL.SCISSOR_BOX, Int32Array.of(x, y, width, height)); }

  createBuffer() { return new WebGLBuffer(); }
  createFramebuffer() { return new WebGLFramebuffer(); }
  createRenderbuffer() { return new WebGLRenderbuffer(); }
  createTexture() { return new WebGLTexture(); }
  createProgram() { return new WebGLProgram(); }
  /** @param {number} type */
  createShader(type) { return new WebGLShader(type); }
  /** @param {any} object */
  isBuffer(object) { return object instanceof WebGLBuffer; }
  /** @param {any} object */
  isFramebuffer(object) { return object instanceof WebGLFramebuffer; }
  /** @param {any} object */
  isRenderbuffer(object) { return object instanceof WebGLRenderbuffer; }
  /** @param {any} object */
  isTexture(object) { return object instanceof WebGLTexture; }
  /** @param {any} object */
  isProgram(object) { return object instanceof WebGLProgram; }
  /** @param {any} object */
  isShader(object) { return object instanceof WebGLShader; }

  /** @param {WebGLShader} shader @param {string} source */
  shaderSource(shader, source) { shader._source = String(source); }
  /** @param {WebGLShader} shader */
  getShaderSource(shader) { return shader._source; }
  /** @param {WebGLShader} shader @param {number} name */
  getShaderParameter(shader, name) { return name === GL.SHADER_TYPE ? shader._type : name !== GL.DELETE_STATUS; }
  getShaderInfoLog() { return ''; }
  getProgramInfoLog() { return ''; }
  /** @param {number} _shader @param {number} precision */
  getShaderPrecisionFormat(_shader, precision) { return new WebGLShaderPrecisionFormat([GL.LOW_INT, GL.MEDIUM_INT, GL.HIGH_INT].includes(precision)); }

  /** @param {WebGLProgram} program @param {WebGLShader} shader */
  attachShader(program, shader) { program._shaders.push(shader); }
  /** @param {WebGLProgram} program */
  getAttachedShaders(program) { return [...program._shaders]; }
  /** @param {WebGLProgram} program @param {number} place @param {string} name */
  bindAttribLocation(program, place, name) { program._bound.set(name, place); }
  /** @param {WebGLProgram} program */
  linkProgram(program) { program._linked = linked(program._shaders, program._bound); }

  /** @param {WebGLProgram} program @param {number} name */
  getProgramParameter(program, name) {
    switch (name) {
      case GL.ACTIVE_UNIFORMS: return linkedOf(program).uniforms.length;
      case GL.ACTIVE_ATTRIBUTES: return linkedOf(program).attributes.length;
      case GL.ACTIVE_UNIFORM_BLOCKS: return linkedOf(program).blocks.length;
      case GL.ATTACHED_SHADERS: return program._shaders.length;
      default: return name !== GL.DELETE_STATUS;
    }
  }

  /** @param {WebGLProgram} program @param {number} i */
  getActiveUniform(program, i) { return linkedOf(program).uniforms[i] ?? null; }
  /** @param {WebGLProgram} program @param {number} i */
  getActiveAttrib(program, i) { return linkedOf(program).attributes[i] ?? null; }
  /** @param {WebGLProgram} program @param {string} name */
  getAttribLocation(program, name) { return linkedOf(program).places.get(name) ?? -1; }
  /** @param {WebGLProgram} program @param {string} name */
  getUniformLocation(program, name) { return locationOf(linkedOf(program), String(name)); }
  getUniform() { return 0; }
  getVertexAttrib() { return 0; }
  getVertexAttribOffset() { return 0; }
  getBufferParameter() { return 0; }
  getTexParameter() { return 0; }
  getRenderbufferParameter() { return 0; }
  getFramebufferAttachmentParameter() { return 0; }

  /** Nothing, and a note. @param {any[]} args the seventh is what the pixels are written into */
  readPixels(...args) {
    this.#room.needsCanvas('readPixels');
    args[6]?.fill?.(0);
  }
}

class WebGLRenderingContext extends WebGLBase {
  /** @param {CanvasRoom} room @param {any} owner @param {any} [attributes] */
  constructor(room, owner, attributes) {
    super(room, owner, attributes, 1);
  }

  get [Symbol.toStringTag]() { return 'WebGLRenderingContext'; }
}

class WebGL2RenderingContext extends WebGLBase {
  /** @param {CanvasRoom} room @param {any} owner @param {any} [attributes] */
  constructor(room, owner, attributes) {
    super(room, owner, attributes, 2);
  }

  get [Symbol.toStringTag]() { return 'WebGL2RenderingContext'; }
  createQuery() { return new WebGLQuery(); }
  createSampler() { return new WebGLSampler(); }
  createTransformFeedback() { return new WebGLTransformFeedback(); }
  createVertexArray() { return new WebGLVertexArrayObject(); }
  fenceSync() { return new WebGLSync(); }
  /** @param {any} object */
  isQuery(object) { return object instanceof WebGLQuery; }
  /** @param {any} object */
  isSampler(object) { return object instanceof WebGLSampler; }
  /** @param {any} object */
  isSync(object) { return object instanceof WebGLSync; }
  /** @param {any} object */
  isTransformFeedback(object) { return object instanceof WebGLTransformFeedback; }
  /** @param {any} object */
  isVertexArray(object) { return object instanceof WebGLVertexArrayObject; }
  clientWaitSync() { return GL.ALREADY_SIGNALED; }
  getSyncParameter() { return GL.SIGNALED; }
  getQuery() { return null; }
  getQueryParameter() { return 1; }
  getSamplerParameter() { return 0; }
  getIndexedParameter() { return null; }
  getInternalformatParameter() { return Int32Array.of(4); }
  getTransformFeedbackVarying() { return null; }
  /** @param {WebGLProgram} program @param {string} name */
  getFragDataLocation(program, name) { return program && name ? 0 : -1; }
  /** @param {WebGLProgram} program @param {string} name */
  getUniformBlockIndex(program, name) {
    const at = linkedOf(program).blocks.indexOf(name);
    return at < 0 ? GL.INVALID_INDEX : at;
  }
  /** @param {WebGLProgram} program @param {number} i */
  getActiveUniformBlockName(program, i) { return linkedOf(program).blocks[i] ?? null; }
  getActiveUniformBlockParameter() { return 0; }
  /** @param {WebGLProgram} program @param {string[]} names */
  getUniformIndices(program, names) {
    return names.map((name) => {
      const at = linkedOf(program).uniforms.findIndex((info) => info.name === name);
      return at < 0 ? GL.INVALID_INDEX : at;
    });
  }
  /** @param {WebGLProgram} _program @param {number[]} indices */
  getActiveUniforms(_program, indices) { return indices.map(() => 0); }
}

/** The two classes, furnished when the first game asks for them: most never do, and it takes half a millisecond. */
export function webglContexts() {
  if (GL.VERSION === undefined) {
    GL = webgl2Constants(webglConstants(Function.prototype));
    Object.setPrototypeOf(WebGLBase, GL);
    furnish(WebGLRenderingContext, webglConstants, SILENT_CALLS);
    furnish(WebGL2RenderingContext, (prototype) => webgl2Constants(webglConstants(prototype)), `${SILENT_CALLS} ${SECOND_SILENT_CALLS}`);
  }
  return { WebGLRenderingContext, WebGL2RenderingContext };
}

/**
 * Gives the objects of a class its constants, by way of the prototypes: hundreds of properties are not written one by one for every realm.
 * @param {any} Class @param {(prototype: any) => Record<string, any>} constants @param {string} silent methods that do nothing
 */
function furnish(Class, constants, silent) {
  const { prototype } = Class;
  for (const name of silent.split(' ')) prototype[name] = silentCall;
  Object.setPrototypeOf(prototype, constants(WebGLBase.prototype));
}

function silentCall() {}

const BINDING = /_BINDING$|^TEXTURE_BINDING|^CURRENT_PROGRAM$/;
const CAPABILITY = /^(BLEND|CULL_FACE|DEPTH_TEST|DITHER|POLYGON_OFFSET_FILL|SAMPLE_ALPHA_TO_COVERAGE|SAMPLE_COVERAGE|SCISSOR_TEST|STENCIL_TEST|RASTERIZER_DISCARD)$/;

/** Made when the first game asks. @type {Map<number, string>|undefined} */
let names;

/** The name of a constant that is no plain number. @param {number} value */
function nameOf(value) {
  if (!names) {
    names = new Map();
    for (const name in GL) if (BINDING.test(name) || CAPABILITY.test(name)) names.set(GL[name], name);
  }
  return names.get(value) ?? '';
}

/** @param {WebGLProgram} program */
function linkedOf(program) {
  program._linked ??= linked(program._shaders, program._bound);
  return program._linked;
}
