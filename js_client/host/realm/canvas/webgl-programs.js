/**
 * The uniforms and attributes of a WebGL program, read from the sources of its shaders: engines ask for their names.
 *
 * No compiler: declarations are found where conditions leave them, and what is declared and never used is not active.
 */

import { evaluated, preprocessed } from './shader-conditions.js';
import { WebGLActiveInfo, WebGLUniformLocation } from './webgl-objects.js';

/** @type {Record<string, number>} */
const SHADER_TYPES = {
  float: 0x1406, int: 0x1404, uint: 0x1405, bool: 0x8b56,
  vec2: 0x8b50, vec3: 0x8b51, vec4: 0x8b52, ivec2: 0x8b53, ivec3: 0x8b54, ivec4: 0x8b55, bvec2: 0x8b57, bvec3: 0x8b58, bvec4: 0x8b59,
  uvec2: 0x8dc6, uvec3: 0x8dc7, uvec4: 0x8dc8,
  mat2: 0x8b5a, mat3: 0x8b5b, mat4: 0x8b5c, mat2x3: 0x8b65, mat2x4: 0x8b66, mat3x2: 0x8b67, mat3x4: 0x8b68, mat4x2: 0x8b69, mat4x3: 0x8b6a,
  sampler2D: 0x8b5e, sampler3D: 0x8b5f, samplerCube: 0x8b60, sampler2DShadow: 0x8b62, sampler2DArray: 0x8dc1, sampler2DArrayShadow: 0x8dc4,
  samplerCubeShadow: 0x8dc5, isampler2D: 0x8dca, isampler3D: 0x8dcb, isamplerCube: 0x8dcc, isampler2DArray: 0x8dcf,
  usampler2D: 0x8dd2, usampler3D: 0x8dd3, usamplerCube: 0x8dd4, usampler2DArray: 0x8dd7,
};

const DECLARATION = /(?:layout\s*\(([^)]*)\)\s*)?(?:(?:flat|smooth|invariant|centroid)\s+)*\b(uniform|attribute|in)\s+(?:(?:lowp|mediump|highp)\s+)?(\w+)\s+([^;{}()]+);/g;
const STRUCT = /\bstruct\s+(\w+)\s*\{([^}]*)\}/g;
const MEMBER = /(?:(?:lowp|mediump|highp)\s+)?(\w+)\s+([^;]+);/g;
const BLOCK = /\buniform\s+(\w+)\s*\{[^}]*\}/g;
const VERTEX_SHADER = 0x8b31;

/**
 * @typedef {object} Linked
 * @property {WebGLActiveInfo[]} uniforms
 * @property {WebGLActiveInfo[]} attributes
 * @property {Map<string, WebGLUniformLocation>} locations
 * @property {Map<string, number>} places of attributes
 * @property {string[]} blocks
 */

/** @param {{_type: number, _source: string}[]} shaders @param {Map<string, number>} bound @returns {Linked} */
export function linked(shaders, bound) {
  const parsed = shaders.map(({ _type, _source }) => ({ isVertex: _type === VERTEX_SHADER, ...preprocessed(_source) }));
  const uses = parsed.map(({ text }) => text.replace(BLOCK, ' ')).join('\n');
  /** @type {Map<string, WebGLActiveInfo>} */
  const uniforms = new Map();
  /** @type {{info: WebGLActiveInfo, wanted: number|undefined}[]} */
  const attributes = [];
  for (const shader of parsed) {
    const structs = new Map(Array.from(shader.text.matchAll(STRUCT), ([, name, body]) => [name, body]));
    const body = shader.text.replace(STRUCT, ' ').replace(BLOCK, ' ');
    for (const [, layout, kind, type, names] of body.matchAll(DECLARATION)) {
      for (const { name, size } of declared(names, shader.macros)) {
        if (!isUsed(name, uses, kind === 'uniform' ? parsed.length : 1)) continue;
        if (kind === 'uniform') addUniform(uniforms, name, type, size, structs, shader.macros);
        else if (shader.isVertex && SHADER_TYPES[type]) attributes.push({ info: new WebGLActiveInfo(name, SHADER_TYPES[type], size || 1), wanted: placeIn(layout) ?? bound.get(name) });
      }
    }
  }
  const blocks = parsed.flatMap(({ text }) => Array.from(text.matchAll(BLOCK), ([, name]) => name));
  return {
    uniforms: [...uniforms.values()], attributes: attributes.map(({ info }) => info), locations: new Map(),
    places: placed(attributes), blocks: [...new Set(blocks)],
  };
}

/** `a, b[2]`: a size of 0 is no list. @param {string} names @param {Map<string, string>} macros */
function declared(names, macros) {
  return names.split(',').map((text) => {
    const [, name = '', list] = /^\s*(\w+)\s*(?:\[([^\]]*)\])?/.exec(text) ?? [];
    return { name, size: list === undefined ? 0 : Math.max(1, evaluated(list, macros)) };
  });
}

/** Mentioned more often than it can be declared. @param {string} name @param {string} text @param {number} shaders */
function isUsed(name, text, shaders) {
  const mentions = text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
  const declarations = text.match(new RegExp(`\\buniform\\s[^;]*\\b${name}\\b`, 'g'))?.length ?? 0;
  return mentions > Math.max(1, Math.min(shaders, declarations));
}

/** @param {Map<string, WebGLActiveInfo>} uniforms @param {string} name @param {string} type @param {number} size @param {Map<string, string>} structs @param {Map<string, string>} macros */
function addUniform(uniforms, name, type, size, structs, macros) {
  const known = SHADER_TYPES[type];
  if (known) uniforms.set(name, new WebGLActiveInfo(size ? `${name}[0]` : name, known, size || 1));
  const members = structs.get(type);
  if (known || members === undefined) return;
  for (let i = 0; i < (size || 1); i += 1) {
    for (const [, memberType, names] of members.matchAll(MEMBER)) {
      for (const member of declared(names, macros)) addUniform(uniforms, `${name}${size ? `[${i}]` : ''}.${member.name}`, memberType, member.size, structs, macros);
    }
  }
}

/** @param {string|undefined} layout @returns {number|undefined} */
function placeIn(layout) {
  const [, place] = /\blocation\s*=\s*(\d+)/.exec(layout ?? '') ?? [];
  return place === undefined ? undefined : Number(place);
}

/** Those that want a place get it, the others what is left, in their order. @param {{info: WebGLActiveInfo, wanted: number|undefined}[]} attributes */
function placed(attributes) {
  const places = new Map(attributes.filter(({ wanted }) => wanted !== undefined).map(({ info, wanted }) => [info.name, Number(wanted)]));
  const taken = new Set(places.values());
  let next = 0;
  for (const { info } of attributes) {
    if (places.has(info.name)) continue;
    while (taken.has(next)) next += 1;
    places.set(info.name, next);
    taken.add(next);
  }
  return places;
}

/** The location of a uniform, or of one element of a list; always the same object. @param {Linked} program @param {string} name */
export function locationOf({ uniforms, locations }, name) {
  const known = locations.get(name);
  if (known) return known;
  const [, base = name, index] = /^(.*)\[(\d+)\]$/.exec(name) ?? [];
  const isActive = uniforms.some((info) => info.name === name || info.name === `${name}[0]` || (info.name === `${base}[0]` && Number(index) < info.size));
  if (!isActive) return null;
  const location = new WebGLUniformLocation();
  locations.set(name, location);
  return location;
}
