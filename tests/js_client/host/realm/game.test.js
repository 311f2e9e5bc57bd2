import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createRealm } from '../../../../js_client/host/vm/realm.js';
import { begun, description, packageOf } from '../games.js';

test('the prelude runs before the game', () => {
  const { info } = begun({ 'index.js': 'globalThis.seen = first + 1;' }, { hooks: { prelude: 'var first = 1;' }, info: { seen: 'seen' } });
  assert.equal(info.seen, 2);
});

test('a game that others drive is loaded, and then advanced frame by frame', () => {
  const changes = { info: { n: 'n' } };
  const game = createRealm(packageOf({ 'index.js': 'globalThis.n = 0; setInterval(() => { n += 1; }, 10);' }, changes), description(changes), { seed: 1 });
  game.load();
  game.advance(6);
  assert.equal(game.step(0).info.n, 11);
});

test('a rejection of a promise is an error like any other', () => {
  const { game } = begun({ 'index.js': '' });
  game.reject(new TypeError('unheard'));
  assert.deepEqual([game.errorCount(), game.firstError()?.slice(0, 18), Object.keys(game.summary())], [1, 'TypeError: unheard', ['errors']]);
});

test('a game without a canvas has no pixels', () => {
  assert.equal(begun({ 'index.js': '' }).game.pixels(), null);
});

test('nothing of the outside is in the game’s reach by name', () => {
  const { info } = begun({ 'index.js': '' }, { info: { seen: "[typeof kernel, typeof natives, typeof m0, typeof createGame].join()", symbols: 'Object.getOwnPropertySymbols(globalThis).length' } });
  assert.equal(info.seen, 'undefined,undefined,undefined,undefined');
  assert.ok(info.symbols <= 3);
});
