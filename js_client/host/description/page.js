/**
 * The tables of docs/game-description.md, made of the fields. The words around them are written by hand.
 *
 *     <!-- fields: episode.start -->   the table of these fields stands between this line
 *     <!-- end -->                     and this one
 */

import { DESCRIPTION, INPUT } from './fields.js';

/** @typedef {import('./fields.js').Field} Field */

const TABLE = /(<!-- fields: ([\w.]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** What a field may hold, in words, where its kind does not say it by itself. @type {Partial<Record<import('./fields.js').Kind, string>>} */
const VALUES = {
  string: 'text', boolean: 'true or false', any: 'anything', time: 'a time', expression: '[expression](#expressions)', statements: 'JavaScript',
  script: 'JavaScript', space: '[space](game-protocol.md#spaces)', key: 'a key', coordinate: 'number or expression', point: '`[x, y]`', points: '`[x, y]`, or several',
  inputs: 'list of [Inputs](#inputs)',
};

/**
 * A page with the tables as the fields are now.
 * @param {string} text
 * @throws {RangeError} it asks for a table that there is not
 */
export function renewed(text) {
  return text.replace(TABLE, (_, before, path, after) => `${before}\n${tableOf(fieldsAt(path))}\n\n${after}`);
}

/** The paths of all tables that a page needs to be complete. @returns {string[]} */
export function tablePaths() {
  return ['description', ...below(DESCRIPTION, '', new Set())];
}

/** @param {Field} field @param {string} path @param {Set<Field[]>} seen @returns {string[]} */
function below(field, path, seen) {
  return inside(field).flatMap((part) => {
    const fields = inside(part);
    if (fields.length === 0 || seen.has(fields)) return []; // one Input is like the other
    seen.add(fields);
    const at = path ? `${path}.${part.name}` : part.name;
    return [at, ...below(part, at, seen)];
  });
}

/** @param {string} path */
function fieldsAt(path) {
  const names = path === 'description' ? [] : path.split('.');
  const found = names.reduce((/** @type {Field|undefined} */ field, name) => field && inside(field).find((part) => part.name === name), DESCRIPTION);
  if (!found || inside(found).length === 0) throw new RangeError(`there are no fields at ${path}; there are ${tablePaths().join(', ')}`);
  return inside(found);
}

/** The fields of a table, or of the tables in a list. @param {Field} field @returns {Field[]} */
function inside(field) {
  return field.fields ?? field.of?.fields ?? [];
}

/** @param {Field[]} fields */
function tableOf(fields) {
  return ['| field | value | default | what it is |', '|---|---|---|---|', ...fields.map(row)].join('\n');
}

/** @param {Field} field */
function row(field) {
  const value = field.unit ? `${valueOf(field)}, in ${field.unit}` : valueOf(field);
  return `| ${[`\`${field.name}\``, value, defaultOf(field), field.words].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** @param {Field} field @returns {string} */
function valueOf(field) {
  const { name, kind, values = [], of, fields } = field;
  switch (kind) {
    case 'number': return `number${range(field)}`;
    case 'integer': return `whole number${range(field)}`;
    case 'choice': return values.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
    case 'list': return of?.fields ? 'list of tables' : `list of ${of?.kind === 'key' ? 'keys' : 'texts'}`;
    case 'map': return `table by name: ${valueOf(/** @type {Field} */ (of))}`;
    case 'table': return fields === INPUT ? 'an [Input](#inputs)' : `[table](#${name})`;
    default: return VALUES[kind] ?? kind;
  }
}

/** @param {Field} field */
function range({ least, most, over }) {
  if (over !== undefined) return most === undefined ? ` above ${over}` : ` above ${over}, up to ${most}`;
  if (least === undefined) return most === undefined ? '' : ` up to ${most}`;
  return most === undefined ? ` from ${least}` : ` from ${least} to ${most}`;
}

/** @param {Field} field */
function defaultOf({ needed, default: usual, otherwise, kind, optional }) {
  if (needed) return '**needed**';
  if (otherwise) return otherwise;
  if (usual === undefined) return kind === 'table' && !optional ? '' : 'none';
  if (typeof usual === 'object') return 'empty';
  return `\`${JSON.stringify(usual)}\``;
}
