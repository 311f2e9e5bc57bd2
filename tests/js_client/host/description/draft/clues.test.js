import assert from 'node:assert/strict';
import { test } from 'node:test';

import { enginesOf, keysUsed, pointersUsed, protocolIn, screenOf, shownScores, startOf } from '../../../../../js_client/host/description/draft/clues.js';

/** @param {string} text @param {string} [page] */
function sources(text, page = '') {
  return { scripts: [{ path: 'a.js', text, form: /** @type {const} */ ('classic') }], pages: [{ path: 'index.html', text: page }], libraries: [] };
}

const KEYS = [
  ["onkeydown = (e) => { if (e.key === 'ArrowLeft') left(); if (e.key === 'ArrowRight') right(); }", ['ArrowLeft', 'ArrowRight']],
  ["addEventListener('keydown', (e) => { switch (e.code) { case 'Space': jump(); break; case 'KeyA': left(); } })", ['a', ' ']],
  ['window.onkeydown = (e) => { if (e.keyCode === 37) left(); else if (e.which == 39) right(); }', ['ArrowLeft', 'ArrowRight']],
  ['const moves = { 37: -1, 39: 1 }; onkeydown = (e) => go(moves[e.keyCode]);', ['ArrowLeft', 'ArrowRight']],
  ['const moves = {\n  38: 0, // up\n  39: 1, /* right */\n  40: 2 // down\n}; onkeydown = (e) => go(moves[e.which]);', ['ArrowRight', 'ArrowUp', 'ArrowDown']],
  ['const LEFT = 37;\nconst RIGHT = 39;\nonkeydown = (e) => e.keyCode === LEFT;', ['ArrowLeft', 'ArrowRight']],
  ['const moves = { ArrowUp: 1, ArrowDown: 2 }; onkeydown = (e) => moves[e.key];', ['ArrowUp', 'ArrowDown']],
  ["onkeydown = ({ key }) => { if (key === 'w') up(); }", ['w']],
  ['cursors = this.input.keyboard.createCursorKeys(); if (cursors.left.isDown) left(); if (cursors.space.isDown) jump();', ['ArrowLeft', ' ']],
  ["keys = this.input.keyboard.addKeys('W,A')", ['w', 'a']],
  ['this.input.keyboard.addKey(Phaser.Input.Keyboard.KeyCodes.SPACE)', [' ']],
  ["let name = 'Enter'; let hint = 'Up';", []],
  ["onkeydown = (e) => { if (e.key === 'Escape') pause(); }", []],
];

for (const [text, keys] of KEYS) {
  test(`keys of ${text}`, () => assert.deepEqual(keysUsed(sources(text)).keys, keys));
}

test('what leaves a menu is no action', () => {
  const { keys, start } = keysUsed(sources("onkeydown = (e) => {\n  if (e.key === 'Enter') begin();\n  if (e.key === ' ') jump();\n}"));
  assert.deepEqual([keys, start], [[' '], 'Enter']);
});

test('a game that hears keys go up has keys that are held', () => {
  assert.equal(keysUsed(sources("onkeydown = onkeyup = (e) => e.key === ' '")).isHeld, true);
  assert.equal(keysUsed(sources("onkeydown = (e) => e.key === ' '")).isHeld, false);
});

for (const [text, listens] of [
  ['wx.onTouchStart(f)', { touch: 'a.js', move: '', mouse: '' }],
  ["canvas.addEventListener('touchmove', f)", { touch: '', move: 'a.js', mouse: '' }],
  ['canvas.onclick = f', { touch: '', move: '', mouse: 'a.js' }],
  ['f()', { touch: '', move: '', mouse: '' }],
]) {
  test(`pointers of ${text}`, () => assert.deepEqual(pointersUsed(sources(text)), listens));
}

for (const [what, text, page, json, size] of [
  ['a canvas of a page', '', '<canvas id="a" width="480" height=320></canvas>', undefined, [480, 320]],
  ['Phaser\'s configuration', 'new Phaser.Game({ type: Phaser.AUTO, width: 800, height: 600 })', '', undefined, [800, 600]],
  ['a canvas of a script', 'canvas.width = 300;\ncanvas.height = 200;', '', undefined, [300, 200]],
  ['a wide mini-game', '', '', { deviceOrientation: 'landscape' }, [667, 375]],
  ['a high mini-game', '', '', { deviceOrientation: 'portrait' }, [375, 667]],
  ['a viewport', '', '<meta name="viewport" content="width=360">', undefined, [360, 640]],
  ['nothing', 'canvas.width = innerWidth', '<meta name="viewport" content="width=device-width">', undefined, undefined],
]) {
  test(`the screen by ${what}`, () => {
    const found = screenOf(sources(text, page), json);
    assert.deepEqual(found && [found.width, found.height], size);
    if (found) assert.ok(found.why);
  });
}

test('engines are told by their names, in scripts or of files', () => {
  assert.deepEqual(enginesOf({ ...sources('new Phaser.Game({})'), libraries: ['lib/pixi.min.js'] }), ['Phaser', 'PixiJS']);
  assert.deepEqual(enginesOf(sources('game()')), []);
});

test('a game that tells observations on a socket speaks a protocol of its own', () => {
  assert.equal(protocolIn(sources('wx.connectSocket({ url }); if (message.restart) begin(); send({ obs, reward })')), 'a.js');
  assert.equal(protocolIn(sources('wx.connectSocket({ url }); send({ score })')), undefined);
});

for (const [text, how, key] of [
  ['<p>Press <b>SPACE</b> to start</p>', 'key', ' '], ['hit Enter', 'key', 'Enter'], ['Press any key', 'key', ' '], ['Tap anywhere to play', 'press', undefined],
]) {
  test(`${text}: that is how it starts`, () => {
    const start = startOf(sources('', text));
    assert.deepEqual([start?.how, start?.key], [how, key]);
  });
}

test('an element that shows a score can be read, the best one so far last', () => {
  const found = shownScores(sources('', '<b id="highscore">9</b><p>Score: <span id="score">0</span></p>'));
  assert.deepEqual(found.map(({ why }) => why), ['the element #score of index.html', 'the element #highscore of index.html']);
  const document = { getElementById: () => ({ textContent: 'Score: -12 points' }) };
  assert.equal(new Function('document', `return ${found[0].expression}`)(document), -12);
});
