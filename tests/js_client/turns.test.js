import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';

import { then, turns } from '../../js_client/src/turns.js';

/** Turns, and what became of the work in them. */
function taking() {
  const told = [];
  const inTurn = turns();
  const task = { done: (...done) => told.push(done), failed: (who, error) => told.push([who, error.message]) };
  return { told, take: (instance, work) => inTurn(instance, { ...task, work }, instance) };
}

test('work that gives a value is done at once', () => {
  const { told, take } = taking();
  take(0, () => 'a');
  take(0, () => 'b');
  assert.deepEqual(told, [[0, 'a'], [0, 'b']]);
});

test('an instance does one thing after the other, however slow, and the others do not wait', async () => {
  const { told, take } = taking();
  const { promise, resolve } = Promise.withResolvers();
  take(0, () => promise);
  take(0, () => 'second');
  take(1, () => 'other');
  await setImmediate();
  assert.deepEqual(told, [[1, 'other']]);
  resolve('first');
  await setImmediate();
  assert.deepEqual(told, [[1, 'other'], [0, 'first'], [0, 'second']]);
});

test('after slow work has ended, quick work is done at once again', async () => {
  const { told, take } = taking();
  take(0, async () => 'slow');
  await setImmediate();
  take(0, () => 'quick');
  assert.deepEqual(told, [[0, 'slow'], [0, 'quick']]);
});

test('work that fails, now or later, does not hold what comes after it', async () => {
  const { told, take } = taking();
  take(0, () => { throw new Error('now'); });
  take(0, async () => { throw new Error('later'); });
  take(0, () => 'after');
  await setImmediate();
  assert.deepEqual(told, [[0, 'now'], [0, 'later'], [0, 'after']]);
});

test('then goes on at once with a value, later with a promise', async () => {
  assert.equal(then(1, (x) => x + 1), 2);
  assert.equal(await then(Promise.resolve(1), (x) => x + 1), 2);
});
