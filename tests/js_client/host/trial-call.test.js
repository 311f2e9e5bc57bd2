import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dialled } from '../../../js_client/host/trial-call.js';
import { describedGame } from './games.js';

/** @param {string} script @param {Record<string, any>} [changes] */
const tried = (script, changes = {}) => dialled(describedGame({ 'game.js': script }, {
  kind: 'wechat', entry: 'game.js', messages: { frames: 4, most_frames: 30, done_key: 'done', scale: 1, offset: 0, round: false }, ...changes,
}));

test('a game that dials as it is loaded is in order', () => {
  assert.deepEqual(tried('wx.connectSocket({ url: "ws://127.0.0.1:7891" });'), { wrong: [], odd: [] });
});

test('a game may dial later, within the frames that it has', () => {
  assert.deepEqual(tried('setTimeout(() => wx.connectSocket({ url: "ws://127.0.0.1:7891" }), 200);'), { wrong: [], odd: [] });
});

test('a game that dials nobody is odd', () => {
  assert.deepEqual(tried('let a = 1;'), { wrong: [], odd: ['it dialled nobody in 30 frames'] });
});

test('errors of the game are told before that', () => {
  const { odd } = tried('setTimeout(() => { throw new Error("no network"); }, 10);');
  assert.equal(odd.length, 2);
  assert.match(odd[0], /^1 uncaught errors; the first: Error: no network/);
});

test('a game that throws when it is loaded is wrong', () => {
  assert.match(tried('throw new Error("at the beginning");').wrong.join('\n'), /at the beginning/);
});

test('a game that does not end to load is stopped, and told', () => {
  assert.deepEqual(tried('for (;;);', { limits: { reset_seconds: 0.2 } }).wrong, ['the game needed more than 0.2 s to dial, and was stopped']);
});
