import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { createRealm, reportRejection } from '../../../../js_client/host/vm/realm.js';
import { begun, description, packageOf, valueIn } from '../games.js';

test('a realm has globals of its own, and none of Node’s', () => {
  const names = '["fetch", "WebSocket", "navigator", "Worker", "SharedArrayBuffer"].filter((name) => name in globalThis).join()';
  assert.equal(valueIn(names, { 'index.js': '' }), 'SharedArrayBuffer');
  assert.equal(valueIn('[] instanceof Array && (() => {}) instanceof Function', { 'index.js': '' }), true);
});

test('realms of one package share nothing but its texts', () => {
  const pack = packageOf({ 'index.js': 'globalThis.n = (globalThis.n ?? 0) + 1; Array.prototype.mine = true;' });
  const [one, two] = [1, 2].map((seed) => createRealm(pack, description({ info: { n: 'n' } }), { seed }));
  assert.deepEqual([one.begin().info.n, two.begin().info.n, 'mine' in []], [1, 1, false]);
});

test('promises run within a frame, not when Node has time', () => {
  const { game } = begun({
    'index.js': `globalThis.told = [];
      requestAnimationFrame(() => { Promise.resolve().then(() => told.push('promise')); told.push('frame'); });
      requestAnimationFrame(async () => { await null; await null; told.push('async'); });
      setTimeout(() => told.push('timer'), 17);`,
  }, { info: { told: 'told.join()' }, time: { frame_skip: 2 } });
  assert.equal(game.step(0).info.told, 'frame,promise,async,timer');
});

test('a rejection that nobody handles is told to the realm it is of', () => {
  const { game, info } = begun({ 'index.js': 'globalThis.promise = Promise.reject(new Error("unheard")); promise.catch(() => {});' }, { info: { promise: '[promise]' } });
  assert.equal(reportRejection(new Error('unheard'), info.promise[0]), true);
  assert.deepEqual([game.errorCount(), game.firstError()?.slice(0, 14)], [1, 'Error: unheard']);
  assert.equal(reportRejection(new Error('ours'), Promise.resolve()), false);
});

test('a thousand realms leave no more behind than a hundred', () => {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc');
  const pack = packageOf({ 'index.js': 'globalThis.much = new Array(10000).fill(1);' });
  const make = (count) => {
    for (let i = 0; i < count; i += 1) createRealm(pack, description(), { seed: i }).begin();
    gc();
    gc();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const before = make(100);
  assert.ok(make(1000) < before + 10);
});
