import assert from 'node:assert/strict';
import { test } from 'node:test';

import { waiting } from '../../../js_client/agent/waiting.js';

test('what is answered in time does not time out', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let late = 0;
  const request = waiting(100, () => { late += 1; });
  request.resolve(3);
  t.mock.timers.tick(1000);
  assert.deepEqual([await request.promise, late], [3, 0]);
});

test('what is not answered is told once, and may be rejected then', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const request = waiting(100, () => request.reject(new Error('late')));
  t.mock.timers.tick(100);
  await assert.rejects(request.promise, /late/);
});

test('times that no timer can hold mean for ever', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  for (const timeout of [Infinity, 2 ** 31]) waiting(timeout, () => assert.fail('at once'));
  t.mock.timers.tick(2 ** 31 - 1);
});
