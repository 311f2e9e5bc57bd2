import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const FACTS = [
  ['the size of the screen', '[innerWidth, innerHeight, devicePixelRatio, screen.width, screen.availHeight, visualViewport.width]', [320, 480, 1, 320, 480, 320]],
  ['no scrolling', '[scrollX, scrollY, pageXOffset, (scrollTo(0, 100), scrollY)]', [0, 0, 0, 0]],
  ['an address', '[location.href, location.origin, origin, history.length]', ['https://game.stepwire/index.html', 'https://game.stepwire', 'https://game.stepwire', 1]],
  ['a browser’s name', '[navigator.userAgent.includes("Chrome"), navigator.language, navigator.onLine, navigator.getGamepads()[0]]', [true, 'en-US', true, null]],
  ['media queries', '[matchMedia("(max-width: 400px)").matches, matchMedia("(orientation: landscape)").matches]', [true, false]],
  ['no touch screen, when it is played without', '["ontouchstart" in window, navigator.maxTouchPoints]', [false, 0]],
  ['computed sizes', '(() => { const s = getComputedStyle(c); return [s.width, s.height]; })()', ['30px', '20px']],
  ['names for selectors', '[CSS.escape("1a"), CSS.escape("a.b"), CSS.supports("display", "grid")]', ['\\31 a', 'a\\.b', true]],
  ['stores', '[(localStorage.best = 5, localStorage.getItem("best")), sessionStorage.getItem("best"), localStorage instanceof Storage]', ['5', null, true]],
];
for (const [what, expression, expected] of FACTS) {
  test(`a window has ${what}`, () => {
    assert.deepEqual(onPage(expression, '<canvas id="c" width="30" height="20"></canvas>'), expected);
  });
}

test('a window has a touch screen, when it is played by touch', () => {
  const action = { space: { type: 'Discrete', n: 2, start: 0 }, inputs: [{}, { touch: [1, 1] }] };
  assert.deepEqual(onPage('["ontouchstart" in window, navigator.maxTouchPoints > 0]', '', {}, { action }), [true, true]);
});

test('a function without an object in front is the window’s', () => {
  assert.deepEqual(onPage('(() => { const heard = []; const { addEventListener: add, dispatchEvent: tell } = window; add("x", () => heard.push(1)); tell(new Event("x")); addEventListener("y", function () { heard.push(this === window); }); dispatchEvent(new Event("y")); return heard; })()'), [1, true]);
});

test('the event that is told is a global', () => {
  assert.deepEqual(onPage('(() => { let seen; onresize = () => { seen = event.type; }; dispatchEvent(new Event("resize")); return [seen, typeof event]; })()'), ['resize', 'undefined']);
});
