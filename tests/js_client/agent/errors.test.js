import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as agent from '../../../js_client/agent/index.js';

test('every error says its class and can be told apart by it', () => {
  for (const name of ['ConnectFailed', 'NoConnected', 'ConnectionError', 'ConnectionClosed', 'RequestFailed']) {
    const error = new agent[name]();
    assert.ok(error instanceof Error);
    assert.equal(error.name, name);
  }
});

test('a closed connection says code and reason, together and apart', () => {
  const error = new agent.ConnectionClosed(1007, 'Environment `NotFound-v1` not found');
  assert.equal(error.message, '[1007] Environment `NotFound-v1` not found');
  assert.deepEqual([error.code, error.reason], [1007, 'Environment `NotFound-v1` not found']);
});

test('a refused request says the reason to branch on, and the data', () => {
  const { reason, message, data } = new agent.RequestFailed('INVALID_ACTION', 'no such action', { path: '' });
  assert.deepEqual([reason, message, data], ['INVALID_ACTION', 'no such action', { path: '' }]);
});
