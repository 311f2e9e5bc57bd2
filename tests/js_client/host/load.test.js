import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';

import { CannotStart } from '../../../js_client/host/arguments.js';
import { loadGame } from '../../../js_client/host/load.js';
import { folderOf } from './games.js';

const folder = mkdtempSync(join(tmpdir(), 'stepwire-'));

function module(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('the default export is the game, or the function that makes one', async () => {
  const path = module('game.mjs', 'export default () => 7;');
  assert.equal((await loadGame(path)).game(), 7);
  assert.equal((await loadGame(relative('.', path))).game(), 7);
  assert.deepEqual(await loadGame(module('object.mjs', 'export default { name: "x" };')), { game: { name: 'x' } });
});

test('a game finds the package without having installed it', async () => {
  const path = module('lent.mjs', "import { box } from 'stepwire'; import { node } from 'stepwire/transports/node'; export default { box, node };");
  const { box } = await import('../../../js_client/src/index.js');
  assert.equal((await loadGame(path)).game.box, box);
});

/** A description of a game in a few lines. */
const TOLD = { kind: 'node', action: { space: { type: 'Discrete', n: 2 }, run: 'n += action' }, observation: { space: { type: 'Box', low: 0, high: 9, shape: [1] }, read: '[n]' } };
const COUNTING = { 'index.js': 'globalThis.n = 3; console.error("hear me"); console.log("not me");' };

test('a folder with a description is a game as it is', async () => {
  const { log, lines } = keepingLog();
  const counter = folderOf({ ...COUNTING, 'stepwire.game.json': JSON.stringify({ name: 'counter', ...TOLD }) });
  for (const path of [counter, join(counter, 'stepwire.game.json')]) {
    const { game, description } = await loadGame(path, { log });
    const instance = game();
    assert.deepEqual([instance.name, description.name, [...instance.reset({ seed: 1, options: {} }).observation]], ['counter', 'counter', [3]]);
    assert.deepEqual([...instance.step(1).observation], [4]);
  }
  assert.deepEqual(lines, ['counter: hear me', 'counter: hear me']);
});

test('what somebody has read already is taken as the description', async () => {
  const { description } = await loadGame(folderOf(COUNTING), { given: { name: 'given', ...TOLD } });
  assert.equal(description.name, 'given');
});

test('a game that others drive frame by frame loads at once, its prelude first', async () => {
  const folder = folderOf({ 'index.js': 'globalThis.n = first; requestAnimationFrame(() => { throw new Error("oh"); });' });
  const { makeGame } = await loadGame(folder, { given: { ...TOLD, hooks: { prelude: 'globalThis.first = 1' } } });
  const game = makeGame({ seed: 1 });
  assert.equal(game.errors(), 0);
  game.advance(2);
  assert.equal(game.errors(), 1);
  game.dispose();
});

test('all that is wrong with a description is told', async () => {
  const folder = folderOf({ ...COUNTING, 'stepwire.game.json': JSON.stringify({ ...TOLD, tyme: {}, screen: { width: -1 } }) });
  await assert.rejects(loadGame(folder), (error) => error instanceof CannotStart && /tyme/.test(error.message) && /screen\.width/.test(error.message));
  await assert.rejects(loadGame(folderOf(COUNTING), { given: { ...TOLD, hooks: { patches: [{ file: 'index.js', find: 'm', replace: 'x' }] } } }), /must be there once/);
});

/** A log that keeps its warnings. */
function keepingLog() {
  const lines = [];
  return { lines, log: { info() {}, warn: (line) => lines.push(line) } };
}

const REFUSED = [
  ['another package that is not there', () => module('needy.mjs', "import 'no-such-package';"), /Cannot find package 'no-such-package'/],
  ['a file that is not there', () => join(folder, 'missing.mjs'), /Cannot find module/],
  ['a mistake in the file', () => module('broken.mjs', 'export default ('), /SyntaxError: .* \(`node \/.*broken\.mjs` shows the line\)$/],
  ['a file that raises', () => module('raising.mjs', 'throw new Error("one\\ntwo");'), /Error: one$/],
  ['no default export', () => module('bare.mjs', 'export const game = 1;'), /the default export must be a game or a function/],
  ['null', () => module('null.mjs', 'export default null;'), /the default export must be/],
];

for (const [what, path, message] of REFUSED) {
  test(`${what} is refused in one line that names the file`, async () => {
    await assert.rejects(loadGame(path()), (error) => {
      assert.ok(error instanceof CannotStart);
      assert.match(error.message, /^--game \/.*\.mjs: /);
      assert.match(error.message, message);
      return true;
    });
  });
}
