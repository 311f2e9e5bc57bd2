import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const CASES = [
  ['an id', '<p id="hero"></p>', 'hero.tagName', 'P'],
  ['an id that comes later', '<body><script>const p = document.createElement("p"); p.id = "hero"; document.body.append(p);</script>', 'hero.tagName', 'P'],
  ['a form by its name', '<form name="login"></form>', 'login.tagName', 'FORM'],
  ['nothing by the name of another element', '<p name="hero"></p>', 'typeof hero', 'undefined'],
  ['a variable of the game, which comes first', '<p id="hero"></p><script>var hero = 5;</script>', 'hero', 5],
  ['a constant of the game', '<p id="hero"></p><script>const hero = 6;</script>', 'hero', 6],
  ['a function of the game', '<p id="hero"></p><script>function hero() {}</script>', 'typeof hero', 'function'],
  ['what the game assigns', '<p id="hero"></p><script>hero = 7;</script>', 'window.hero', 7],
  ['a variable that has no value yet', '<p id="score"></p><script>var score; if (!score) score = 1;</script>', 'score', 1],
  ['the window’s own, whatever ids there are', '<p id="name"></p><p id="document"></p>', 'document.nodeType', 9],
];
for (const [what, html, expression, expected] of CASES) {
  test(`a global name means ${what}`, () => {
    assert.deepEqual(onPage(expression, html), expected);
  });
}
