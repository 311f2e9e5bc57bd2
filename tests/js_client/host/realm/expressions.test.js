import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun, valueIn } from '../games.js';

test('an expression sees the game’s globals, also those of let and const', () => {
  assert.equal(valueIn('stepwire.frame + globalThis.a', { 'index.js': 'globalThis.a = 40;' }, { episode: { start: [{ frames: 2 }] } }), 42);
});

test('a function of a description runs inside the game', () => {
  const info = { value: { function: '(stepwire) => globalThis.inside + stepwire.storage.keys().length' } };
  assert.equal(begun({ 'index.js': 'globalThis.inside = 5;' }, { info }).info.value, 5);
});

test('an error in one says in which field it is', () => {
  assert.throws(() => begun({ 'index.js': '' }, { observation: { read: 'nothing.x' } }), /^Error: observation\.read: ReferenceError: nothing is not defined$/);
  assert.throws(() => begun({ 'index.js': '' }, { reward: { read: '1 +' } }), /^Error: reward\.read: SyntaxError/);
});

test('promises of statements have run before the next expression', () => {
  const { game } = begun({ 'index.js': 'globalThis.n = 0;' }, {
    action: { space: { type: 'Discrete', n: 3 }, run: 'Promise.resolve().then(() => { n = action; });' }, info: { n: 'n' }, time: { frame_skip: 0 },
  });
  assert.equal(game.step(2).info.n, 2);
});

test('statements that raise fail the step, by name', () => {
  const { game } = begun({ 'index.js': '' }, { action: { space: { type: 'Discrete', n: 2 }, run: 'throw new RangeError("too far");' } });
  assert.throws(() => game.step(1), /action\.run: RangeError: too far/);
});
