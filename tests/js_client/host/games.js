/**
 * Games in a few lines, in a folder of their own, for tests of the host: written down, described, and put into realms.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { createPackage } from '../../../js_client/host/vm/package.js';
import { createRealm } from '../../../js_client/host/vm/realm.js';

/** Every part of a description that the realms look at, with its default. */
const DEFAULTS = {
  name: 'game', kind: 'node', entry: 'index.js', driver: 'node', mounts: {},
  screen: { width: 320, height: 480, pixel_ratio: 1, canvas: 'none' },
  time: { fps: 60, frame_skip: 1, start: '2024-01-01T00:00:00Z' },
  action: { space: { type: 'Discrete', n: 2, start: 0, dtype: 'int64' }, inputs: [{}, {}] },
  observation: { space: { type: 'Box', low: -1e9, high: 1e9, shape: [1], dtype: 'float32' }, read: '[0]' },
  reward: { difference: false, scale: 1 },
  episode: { max_steps: 0, reset: 'hard', start: [] },
  info: {},
  hooks: { patches: [], peek: {}, fire: [] },
  limits: { step_seconds: 2, reset_seconds: 5, errors: 10, memory_mb: 1024 },
};

/** A description with these changes, table by table. @param {Record<string, any>} changes */
export function description(changes = {}) {
  const merged = structuredClone(DEFAULTS);
  for (const [name, value] of Object.entries(changes)) {
    const isTable = typeof value === 'object' && typeof merged[name] === 'object' && name !== 'action';
    merged[name] = isTable ? { ...merged[name], ...value } : value;
  }
  return merged;
}

/** @type {string[]} */
const folders = [];
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder with these files, for as long as this process lives. @param {Record<string, string|Buffer>} files by path */
export function folderOf(files) {
  const folder = mkdtempSync(join(tmpdir(), 'stepwire-game-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The package of these files. @param {Record<string, string|Buffer>} files @param {Record<string, any>} [changes] of the description */
export function packageOf(files, changes) {
  const folder = folderOf(files);
  return createPackage({ folder, file: join(folder, 'stepwire.game.json'), description: description(changes) });
}

/** What hosted.js makes instances of. @param {Record<string, string|Buffer>} files @param {Record<string, any>} [changes] */
export function describedGame(files, changes) {
  return { description: description(changes), pack: packageOf(files, changes) };
}

/** A realm with a game in it, that has begun. @param {Record<string, string|Buffer>} files @param {Record<string, any>} [changes] @param {any} [options] */
export function begun(files, changes, options) {
  const game = createRealm(packageOf(files, changes), description(changes), { seed: 1, ...options });
  return { game, ...game.begin() };
}

/** What an expression is in a game that has begun; `null` stands for undefined. @param {string} text @param {Record<string, string>} files @param {Record<string, any>} [changes] */
export function valueIn(text, files, changes) {
  return begun(files, { ...changes, info: { value: text } }).info.value;
}
