import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { BadDescription } from '../../../../js_client/host/description/check.js';
import { firstDraft } from '../../../../js_client/host/description/init.js';
import { readDescription } from '../../../../js_client/host/description/read.js';
import { parsedToml } from '../../../../js_client/host/description/toml.js';
import { folderOf } from '../games.js';

/** The draft of a game, and the description that comes of it. @param {string} folder */
async function drafted(folder) {
  const draft = firstDraft(folder);
  const { description } = await readDescription(folder, { given: parsedToml(draft, 'draft') });
  return { draft, description };
}

const GAMES = {
  'a browser game with keys': [{
    'index.html': '<canvas width="480" height="320"></canvas><script src="a.js"></script>',
    'a.js': "let score = 0, state = 'menu'; const hero = { x: 1, y: 2 };\nonkeydown = (e) => { if (e.key === 'ArrowLeft') hero.x--; };\nonkeyup = null;\nfunction end() { state = 'over'; }",
  }, {
    kind: 'browser', screen: [480, 320], inputs: [{}, { keys: ['ArrowLeft'], hold: true }], read: '[hero.x / 480, hero.y / 320]', reward: 'score', end: "state === 'over'",
  }],
  'a browser game with the mouse': [{
    'index.html': '<p>Click to start</p><script>let points = 0; let gameOver = false; document.onclick = () => points++;</script>',
  }, {
    kind: 'browser', screen: [640, 480], inputs: [{}, { mouse: [320, 240] }], read: '[points]', reward: 'points', end: 'gameOver',
  }],
  'a mini-game': [{
    'game.json': '{"deviceOrientation": "landscape"}', 'game.js': "import Main from './main.js';\nconst main = new Main();",
    'main.js': 'export default class Main { constructor() { this.score = 0; this.lives = 3; wx.onTouchStart(f); } }',
  }, {
    kind: 'wechat', screen: [667, 375], inputs: [{}, { touch: [334, 188] }], read: "[stepwire.peek('game.js').main.score]", reward: "stepwire.peek('game.js').main.score",
    end: "stepwire.peek('game.js').main.lives <= 0", peek: { 'game.js': ['main'] },
  }],
  'a mini-game that hears moves': [{ 'game.json': '{}', 'game.js': 'wx.onTouchMove(f); wx.onTouchStart(f);' }, {
    kind: 'wechat', screen: [375, 667], read: '[0]',
    inputs: [{}, ...[75, 188, 300].map((x) => ({ touch: [x, 567], hold: true }))],
  }],
  'a module for Node': [{ 'index.js': 'exports.playCard = (n) => {}; exports.other = 1; exports.game = 1; let score = 0;' }, {
    kind: 'node', screen: [640, 480], run: "stepwire.module('index.js').playCard(action)", read: "[stepwire.peek('index.js').score]", reward: "stepwire.peek('index.js').score", peek: { 'index.js': ['score'] },
  }],
  'a script for Node with another name': [{ 'counter.js': 'const state = { over: false, count: 0 }; globalThis.add = (n) => {};' }, {
    kind: 'node', screen: [640, 480], run: 'add(action)', read: '[0]', end: "stepwire.peek('counter.js').state.over", peek: { 'counter.js': ['state'] },
  }],
  'a script that tells nothing': [{ 'index.js': '' }, { kind: 'node', screen: [640, 480], run: '/* call a function of the game with `action` */', read: '[0]' }],
};

for (const [what, [files, expected]] of Object.entries(GAMES)) {
  test(`the draft for ${what} is in order, and says what the files do`, async () => {
    const { description: { kind, screen, action, observation, reward, episode, hooks } } = await drafted(folderOf(files));
    assert.deepEqual([kind, [screen.width, screen.height], observation.read, reward.read, episode.terminated, hooks.peek, action.run], [
      expected.kind, expected.screen, expected.read, expected.reward, expected.end, expected.peek ?? {}, expected.run,
    ]);
    assert.deepEqual(action.inputs, expected.inputs?.map((input) => ({ button: 0, hold: false, ...input })));
    assert.equal(observation.space.shape[0], observation.read.split(',').length);
  });
}

test('every guess says from what it was made', async () => {
  const { draft } = await drafted(folderOf(GAMES['a browser game with keys'][0]));
  for (const line of [
    /^kind = "browser" +# guessed: there is index\.html$/m, /^width = 480 +# guessed: the <canvas> of index\.html$/m, /^# Keys that a\.js speaks of\. decide: /m,
    /^read = "score" +# guessed: score = 0 in a\.js$/m, /^terminated = .* +# guessed: state = 'menu' in a\.js$/m, /^# Things with a place: hero in a\.js\./m,
  ]) assert.match(draft, line);
});

test('what leaves a menu is start-up input', async () => {
  const { description } = await drafted(folderOf(GAMES['a browser game with the mouse'][0]));
  assert.deepEqual(description.episode.start.map(({ mouse, frames }) => [mouse, frames]), [[undefined, 30], [[320, 240], 4]]);
});

test('a game that speaks a protocol of its own needs spaces alone', async () => {
  const { description } = await drafted(folderOf({ 'game.json': '{}', 'game.js': 'wx.connectSocket({}); on((m) => m.restart); send({ obs, reward, done });' }));
  assert.deepEqual([description.messages.frames, description.action, description.observation.read], [4, { space: { type: 'Discrete', n: 2, start: 0, dtype: 'int64' } }, undefined]);
});

test('scripts from the network are named', async () => {
  const { draft } = await drafted(folderOf({ 'index.html': '<script src="https://cdn.example/phaser.js"></script>' }));
  assert.match(draft, /^# https:\/\/cdn\.example\/phaser\.js comes from the network/m);
});

test('a page by its own name, or the only one of a folder, is drafted', async () => {
  const folder = folderOf({ 'flappy.html': '<canvas></canvas>' });
  assert.match(firstDraft(folder), /^entry = "flappy\.html"$/m);
  assert.match(firstDraft(join(folder, 'flappy.html')), /^entry = "flappy\.html"$/m);
});

for (const [what, path] of [['an empty folder', folderOf({})], ['no folder', '/nowhere']]) {
  test(`of ${what} no draft is made`, () => assert.throws(() => firstDraft(path), BadDescription));
}

for (const example of ['dodge', 'phaser-stars', 'plane', 'lights', 'snake']) {
  test(`the draft for the example ${example} is in order`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stepwire-'));
    try {
      cpSync(fileURLToPath(new URL(`../../../../js_client/examples/${example}`, import.meta.url)), folder, { recursive: true, filter: (path) => !/stepwire\.game\./.test(path) });
      await drafted(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
