/**
 * The JSON Schema (draft 2020-12) of descriptions, for editors: made of the fields.
 *
 * It says what a field may hold by itself. The checker knows more: rules between fields, JavaScript, files.
 */

import { DTYPES } from '../../src/arrays.js';
import { DESCRIPTION } from './fields.js';
import { SPACE_FIELDS } from './spaces.js';

/** @typedef {import('./fields.js').Field} Field */
/** @typedef {Record<string, any>} Schema */

/** The schema of a whole description. @returns {Schema} */
export function schema() {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'stepwire.game',
    ...ofField(DESCRIPTION),
    $defs: { code: CODE, coordinate: COORDINATE, point: POINT, space: spaceSchema() },
  };
}

/** Functions are only in `.mjs`; normalised, they are this. @type {Schema} */
const CODE = {
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'object', properties: { function: { type: 'string' } }, required: ['function'], additionalProperties: false },
  ],
};
const COORDINATE = { anyOf: [{ type: 'number' }, { $ref: '#/$defs/code' }] };
const POINT = { type: 'array', items: { $ref: '#/$defs/coordinate' }, minItems: 2, maxItems: 2 };
const BOUND = { anyOf: [{ type: ['number', 'null'] }, { type: 'array' }] };
const SPACE = { $ref: '#/$defs/space' };
const COUNT = { type: 'integer', minimum: 1 };

/** @type {Record<import('./fields.js').Kind, (field: Field) => Schema>} */
const KINDS = {
  any: () => ({}),
  string: ({ least = 1 }) => ({ type: 'string', minLength: least }),
  boolean: () => ({ type: 'boolean' }),
  number: (field) => ({ type: 'number', ...range(field) }),
  integer: (field) => ({ type: 'integer', ...range(field) }),
  choice: ({ values }) => ({ enum: values }),
  time: () => ({ type: 'string' }),
  key: () => ({ type: 'string', minLength: 1 }),
  space: () => SPACE,
  expression: () => ({ $ref: '#/$defs/code' }),
  statements: () => ({ $ref: '#/$defs/code' }),
  script: () => ({ $ref: '#/$defs/code' }),
  coordinate: () => ({ $ref: '#/$defs/coordinate' }),
  point: () => ({ $ref: '#/$defs/point' }),
  points: () => ({ anyOf: [{ $ref: '#/$defs/point' }, { type: 'array', items: { $ref: '#/$defs/point' } }] }),
  inputs(field) {
    const input = tableSchema(field);
    return { type: 'array', items: { anyOf: [input, { type: 'array', items: input }] } };
  },
  list: ({ of, least }) => ({ type: 'array', items: ofField(/** @type {Field} */ (of)), ...(least && { minItems: least }) }),
  map: ({ of }) => ({ type: 'object', additionalProperties: ofField(/** @type {Field} */ (of)) }),
  table: tableSchema,
};

/** @param {Field} field @returns {Schema} */
function ofField(field) {
  const { words, unit, default: usual, kind } = field;
  const description = unit ? `${words} In ${unit}.` : words;
  return { description, ...KINDS[kind](field), ...(usual !== undefined && { default: usual }) };
}

/** @param {Field} field @returns {Schema} */
function tableSchema({ fields = [] }) {
  const needed = fields.filter((field) => isNeeded(field)).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, ofField(field)])),
    ...(needed.length > 0 && { required: needed }),
    additionalProperties: false,
  };
}

/** A table is needed where something in it is. @param {Field} field @returns {boolean} */
function isNeeded({ needed = false, kind, optional, fields = [] }) {
  return needed || (kind === 'table' && !optional && fields.some(isNeeded));
}

/** @param {Field} field @returns {Schema} */
function range({ least, most, over }) {
  return { ...(least !== undefined && { minimum: least }), ...(over !== undefined && { exclusiveMinimum: over }), ...(most !== undefined && { maximum: most }) };
}

/** What the parts of spaces hold. @type {Record<string, Schema>} */
const SPACE_PARTS = {
  low: BOUND,
  high: BOUND,
  shape: { type: 'array', items: COUNT },
  dtype: { enum: DTYPES },
  n: { anyOf: [COUNT, { type: 'array', items: COUNT }] },
  nvec: { type: 'array', minItems: 1 },
  start: { anyOf: [{ type: 'integer' }, { type: 'array' }] },
  max_length: COUNT,
  min_length: { type: 'integer', minimum: 0 },
  charset: { type: 'string', minLength: 1 },
  space: SPACE,
  stack: { type: 'boolean' },
  node_space: SPACE,
  edge_space: { anyOf: [SPACE, { type: 'null' }] },
};

/** @returns {Schema} */
function spaceSchema() {
  return { description: 'A space, as in the game protocol.', anyOf: Object.entries(SPACE_FIELDS).map(([type, { fields, needed }]) => ({
    type: 'object',
    properties: { type: { const: type }, ...Object.fromEntries(fields.map((name) => [name, partSchema(type, name)])) },
    required: ['type', ...fields.slice(0, needed)],
    additionalProperties: false,
  })) };
}

/** @param {string} type @param {string} name @returns {Schema} */
function partSchema(type, name) {
  if (name === 'spaces') return type === 'Dict' ? { type: 'object', additionalProperties: SPACE } : { type: 'array', items: SPACE, minItems: 1 };
  return name === 'n' && type === 'Discrete' ? COUNT : SPACE_PARTS[name];
}
