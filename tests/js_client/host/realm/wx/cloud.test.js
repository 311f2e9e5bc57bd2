import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keepingCalls, miniGame } from './realms.js';

test('calls to the cloud fail as a network does, and are noted', () => {
  const { wx, advance, notes } = miniGame();
  const { told, fail } = keepingCalls();
  wx.cloud.init({ env: 'x' });
  wx.cloud.callFunction({ name: 'rank', fail });
  advance();
  assert.match(told[0][1].errMsg, /^callFunction:fail/);
  assert.deepEqual(notes('network'), ['wx.cloud.callFunction']);
});

test('a question to the database may be put together, and fails', async () => {
  const { wx, advance } = miniGame();
  const database = wx.cloud.database();
  const asked = database.collection('scores').where({ score: database.command.gt(3) }).orderBy('score', 'desc').limit(10).get();
  advance();
  await assert.rejects(asked, { errMsg: 'get:fail the network cannot be reached' });
});
