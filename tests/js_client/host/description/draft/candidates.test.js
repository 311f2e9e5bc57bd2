import assert from 'node:assert/strict';
import { test } from 'node:test';

import { oversAmong, placesAmong, reachableIn, scoresAmong } from '../../../../../js_client/host/description/draft/candidates.js';

/** @param {string} text @param {string} [form] @param {string} [path] @returns {any} */
const script = (text, form = 'classic', path = 'a.js') => ({ path, text, form });
const expressions = (candidates) => candidates.map(({ expression }) => expression);

const SCORES = [
  ['a variable of a classic script', [script('let score = 0;')], 'score'],
  ['a property', [script('const game = { lives: 3, score: 0 };')], 'game.score'],
  ['a member of an instance', [script('class Game { constructor() { this.points = 0; } }\nconst game = new Game();')], 'game.points'],
  ['an inherited member', [script('class A { score = 0 }\nclass B extends A {}\nlet b = new B();')], 'b.score'],
  ['a name on the window', [script('(() => { window.score = 0; })()')], 'score'],
  ['a variable of a module', [script('let score = 0;', 'module')], "stepwire.peek('a.js').score"],
  ['a default export', [script('class Bus { score = 0 }\nexport default new Bus();', 'module')], "stepwire.module('a.js').default.score"],
  ['exports of CommonJS', [script('class Bus { score = 0 }\nmodule.exports = { bus: new Bus() };', 'commonjs')], "stepwire.module('a.js').bus.score"],
  ['an instance for CommonJS', [script('class Bus { score = 0 }\nmodule.exports = new Bus();', 'commonjs')], "stepwire.module('a.js').score"],
  ['a class of another file', [script('class Bus { score = 0 }'), script('const bus = new Bus()', 'classic', 'b.js')], 'bus.score'],
  ['a scene of Phaser', [script("class Play extends Phaser.Scene { constructor() { super('play'); } create() { this.score = 0; } }")], "stepwire.phaser.scene('play').score"],
  ['the likelier one of two', [script('let scoreText = 0, score = 0;')], 'score'],
];

for (const [what, scripts, expression] of SCORES) {
  test(`a score that is ${what} is in reach`, () => assert.equal(scoresAmong(reachableIn(scripts))[0]?.expression, expression));
}

for (const text of ["let score = 'none';", 'const SCORE = 10;', 'let hidden = () => { let score = 0; };', 'function score() {}']) {
  test(`there is no score in ${text}`, () => assert.deepEqual(scoresAmong(reachableIn([script(text)])), []));
}

for (const [text, expression] of [
  ['let gameOver = false;', 'gameOver'],
  ["let state = 'menu'; if (dead) state = 'gameover';", "state === 'gameover'"],
  ['let lives = 3;', 'lives <= 0'],
  ['let running = true;', '!running'],
  ['let game = { isDead: false };', 'game.isDead'],
  ['let x = 1;', undefined],
  ["let state = 'menu';", undefined],
]) {
  test(`the end by ${text}`, () => {
    const scripts = [script(text)];
    assert.equal(oversAmong(reachableIn(scripts), scripts)[0]?.expression, expression);
  });
}

test('things with a place are those with x and y, and Phaser\'s', () => {
  const scripts = [script(`
    let hero = { x: 1, y: 2 }, background = { x: 0, y: 0 }, size = { x: 1 };
    class Play extends Phaser.Scene { constructor() { super({ key: 'play' }); } create() { this.player = this.physics.add.sprite(1, 2, 'p'); } }
  `)];
  assert.deepEqual(expressions(placesAmong(reachableIn(scripts))), ["stepwire.phaser.scene('play').player", 'hero']);
});

test('a candidate says where it was found, and what has to be peeked at', () => {
  assert.deepEqual(scoresAmong(reachableIn([script('let score = 0;', 'module')])), [
    { expression: "stepwire.peek('a.js').score", why: 'score = 0 in a.js', peek: ['a.js', 'score'] },
  ]);
});
