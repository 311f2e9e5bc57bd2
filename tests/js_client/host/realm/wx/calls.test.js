import assert from 'node:assert/strict';
import { test } from 'node:test';

import { WxFailure } from '../../../../../js_client/host/realm/wx/calls.js';
import { keepingCalls, wxRoom } from './realms.js';

test('success and complete are told in a later task, with errMsg', () => {
  const { calls, advance } = wxRoom();
  const { told, ...callbacks } = keepingCalls();
  assert.equal(calls.call('getIt', () => ({ value: 3 }))(callbacks), undefined);
  assert.deepEqual(told, []);
  advance();
  const result = { value: 3, errMsg: 'getIt:ok' };
  assert.deepEqual(told, [['success', result], ['complete', result]]);
});

test('fail and complete are told of a failure, with what it carries', () => {
  const { calls, advance } = wxRoom();
  const { told, ...callbacks } = keepingCalls();
  calls.call('getIt', () => { throw new WxFailure('not there', { errno: 7 }); })(callbacks);
  advance();
  const result = { errno: 7, errMsg: 'getIt:fail not there' };
  assert.deepEqual(told, [['fail', result], ['complete', result]]);
});

test('without callbacks the answer is a promise, which waits for its task', async () => {
  const { calls, advance } = wxRoom();
  const [good, bad] = [calls.call('a', () => ({}))(), calls.failing('b', 'no').b({})];
  advance();
  assert.deepEqual(await good, { errMsg: 'a:ok' });
  await assert.rejects(bad, { errMsg: 'b:fail no' });
});

test('a mistake in success is reported and complete is told all the same', () => {
  const { calls, kernel, advance } = wxRoom();
  const { told, complete } = keepingCalls();
  calls.idle('doIt').doIt({ success() { throw new Error('of the game'); }, complete });
  advance();
  assert.deepEqual([told.length, kernel.report.errorCount()], [1, 1]);
});

test('a mistake of ours is not taken for a failed call', () => {
  const { calls } = wxRoom();
  assert.throws(() => calls.call('a', () => { throw new TypeError('ours'); })({}), TypeError);
});
