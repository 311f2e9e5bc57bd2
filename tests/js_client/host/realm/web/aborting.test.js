import assert from 'node:assert/strict';
import { test } from 'node:test';

import { AbortController, AbortSignal, DOMException } from '../../../../../js_client/host/realm/web/aborting.js';
import { arrived } from './arrived.js';

test('an exception has a name and its old code', () => {
  const error = new DOMException('none', 'NotFoundError');
  assert.deepEqual([error.name, error.code, error.message, error instanceof Error, DOMException.NOT_FOUND_ERR], ['NotFoundError', 8, 'none', true, 8]);
});

test('a signal is aborted once, with its reason', () => {
  arrived();
  const controller = new AbortController();
  const heard = [];
  controller.signal.onabort = () => heard.push(controller.signal.reason);
  controller.abort('enough');
  controller.abort('again');
  assert.deepEqual(heard, ['enough']);
  assert.throws(() => controller.signal.throwIfAborted());
});

test('without a reason it is an AbortError', () => {
  arrived();
  const controller = new AbortController();
  controller.abort();
  assert.equal(controller.signal.reason.name, 'AbortError');
});

test('a signal may be aborted from the start, after a time, or by any of several', () => {
  const { kernel } = arrived();
  const late = AbortSignal.timeout(10);
  const either = AbortSignal.any([new AbortController().signal, late]);
  assert.deepEqual([AbortSignal.abort().aborted, late.aborted, either.aborted], [true, false, false]);
  kernel.clock.advance();
  assert.deepEqual([late.reason.name, either.aborted], ['TimeoutError', true]);
});

test('the game makes no signals itself', () => {
  assert.throws(() => new AbortSignal(), TypeError);
});
