import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun } from '../../games.js';

test('a mini-game finds wx and GameGlobal, and no page', () => {
  const { info } = begun({ 'game.js': 'globalThis.context = wx.createCanvas().getContext("2d");', 'game.json': '{}' }, {
    kind: 'wechat', entry: 'game.js', info: { seen: '[GameGlobal === globalThis, context.canvas.width, typeof window, typeof document, typeof App].join()' },
  });
  assert.equal(info.seen, 'true,320,undefined,undefined,undefined');
});

test('a package with app.json and no game.json is a mini-program', () => {
  const { info } = begun({
    'app.json': '{"pages": ["pages/play"]}', 'app.js': 'App({ lives: 3 });', 'pages/play.js': 'Page({ data: { score: 7 } });',
  }, { kind: 'wechat', entry: 'app.js', info: { seen: '[getApp().lives, getCurrentPages()[0].data.score].join()' } });
  assert.equal(info.seen, '3,7');
});
