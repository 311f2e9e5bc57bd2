/**
 * The methods of WebGL that only change what would be drawn: without drawing they do nothing.
 */

/** Of WebGL 1, by name. */
export const SILENT_CALLS = 'blendColor blendEquation blendEquationSeparate blendFunc blendFuncSeparate clear clearColor clearDepth clearStencil '
  + 'colorMask compileShader copyTexImage2D copyTexSubImage2D cullFace deleteBuffer deleteFramebuffer deleteProgram deleteRenderbuffer deleteShader '
  + 'deleteTexture depthFunc depthMask depthRange detachShader disableVertexAttribArray drawArrays drawElements enableVertexAttribArray finish flush '
  + 'framebufferRenderbuffer framebufferTexture2D frontFace generateMipmap hint lineWidth polygonOffset renderbufferStorage sampleCoverage '
  + 'stencilFunc stencilFuncSeparate stencilMask stencilMaskSeparate stencilOp stencilOpSeparate texParameterf texParameteri uniform1f uniform1i '
  + 'uniform2f uniform2i uniform3f uniform3i uniform4f uniform4i validateProgram vertexAttrib1f vertexAttrib1fv vertexAttrib2f vertexAttrib2fv '
  + 'vertexAttrib3f vertexAttrib3fv vertexAttrib4f vertexAttrib4fv vertexAttribPointer bufferData bufferSubData compressedTexImage2D '
  + 'compressedTexSubImage2D texImage2D texSubImage2D uniform1fv uniform1iv uniform2fv uniform2iv uniform3fv uniform3iv uniform4fv uniform4iv '
  + 'uniformMatrix2fv uniformMatrix3fv uniformMatrix4fv';

/** What WebGL 2 has beside them. */
export const SECOND_SILENT_CALLS = 'beginQuery beginTransformFeedback bindBufferBase bindBufferRange bindSampler bindTransformFeedback bindVertexArray blitFramebuffer clearBufferfi '
  + 'clearBufferfv clearBufferiv clearBufferuiv compressedTexImage3D compressedTexSubImage3D copyBufferSubData copyTexSubImage3D deleteQuery '
  + 'deleteSampler deleteSync deleteTransformFeedback deleteVertexArray drawArraysInstanced drawBuffers drawElementsInstanced drawRangeElements '
  + 'endQuery endTransformFeedback framebufferTextureLayer getBufferSubData invalidateFramebuffer invalidateSubFramebuffer pauseTransformFeedback '
  + 'readBuffer renderbufferStorageMultisample resumeTransformFeedback samplerParameterf samplerParameteri texImage3D texStorage2D texStorage3D '
  + 'texSubImage3D transformFeedbackVaryings uniform1ui uniform1uiv uniform2ui uniform2uiv uniform3ui uniform3uiv uniform4ui uniform4uiv '
  + 'uniformBlockBinding uniformMatrix2x3fv uniformMatrix2x4fv uniformMatrix3x2fv uniformMatrix3x4fv uniformMatrix4x2fv uniformMatrix4x3fv '
  + 'vertexAttribDivisor vertexAttribI4i vertexAttribI4iv vertexAttribI4ui vertexAttribI4uiv vertexAttribIPointer waitSync';
