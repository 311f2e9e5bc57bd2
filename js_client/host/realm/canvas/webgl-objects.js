/**
 * The objects that WebGL makes: names without anything behind them, but shaders and programs know their sources.
 */

export class WebGLObject {}
export class WebGLBuffer extends WebGLObject {}
export class WebGLFramebuffer extends WebGLObject {}
export class WebGLRenderbuffer extends WebGLObject {}
export class WebGLTexture extends WebGLObject {}
export class WebGLQuery extends WebGLObject {}
export class WebGLSampler extends WebGLObject {}
export class WebGLSync extends WebGLObject {}
export class WebGLTransformFeedback extends WebGLObject {}
export class WebGLVertexArrayObject extends WebGLObject {}
export class WebGLUniformLocation {}

export class WebGLShader extends WebGLObject {
  /** @param {number} [type] */
  constructor(type = 0) {
    super();
    this._type = type;
    this._source = '';
  }
}

export class WebGLProgram extends WebGLObject {
  constructor() {
    super();
    /** @type {WebGLShader[]} */
    this._shaders = [];
    /** What the game wants attributes to be numbered. @type {Map<string, number>} */
    this._bound = new Map();
    /** What was found in the sources when it was linked. @type {import('./webgl-programs.js').Linked|undefined} */
    this._linked = undefined;
  }
}

export class WebGLActiveInfo {
  /** @param {string} name @param {number} type @param {number} size */
  constructor(name, type, size) {
    this.name = name;
    this.type = type;
    this.size = size;
  }
}

export class WebGLShaderPrecisionFormat {
  /** @param {boolean} isInteger */
  constructor(isInteger) {
    this.rangeMin = isInteger ? 31 : 127;
    this.rangeMax = isInteger ? 30 : 127;
    this.precision = isInteger ? 0 : 23;
  }
}

/** As the game's global scope has them. */
export function webglClasses() {
  return {
    WebGLBuffer, WebGLFramebuffer, WebGLRenderbuffer, WebGLTexture, WebGLQuery, WebGLSampler, WebGLSync, WebGLTransformFeedback,
    WebGLVertexArrayObject, WebGLUniformLocation, WebGLShader, WebGLProgram, WebGLActiveInfo, WebGLShaderPrecisionFormat,
  };
}
