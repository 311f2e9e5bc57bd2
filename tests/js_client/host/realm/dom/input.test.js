import assert from 'node:assert/strict';
import { test } from 'node:test';

import { opened, stepped } from './pages.js';

/** A page that keeps what its parts are told: type, the id of whose it is, and more. */
const PAGE = `<body style="margin: 0">
<canvas id="c" width="100" height="100" style="position: absolute; left: 50px; top: 0"></canvas><button id="b" style="position: absolute; left: 0; top: 200px; width: 40px; height: 20px">x</button>
<script>
  var told = [];
  const hear = (types, say) => { for (const type of types.split(' ')) document.addEventListener(type, (event) => told.push([type, event.target.id || event.target.localName, ...say(event)].join(' '))); };
  hear('keydown keyup keypress', (e) => [e.key, e.code, e.keyCode, e.repeat, e.shiftKey]);
  hear('mousedown mouseup click', (e) => [e.clientX, e.clientY, e.button, e.buttons]);
  hear('touchstart touchmove touchend', (e) => [e.touches.length, e.changedTouches.length, e.changedTouches[0].clientX, e.changedTouches[0].identifier]);
  const taken = () => told.splice(0);
</script>`;

/** Inputs of single steps, and what the page is told. */
const INPUTS = [
  ['a key', { keys: ['ArrowLeft'] }, ['keydown body ArrowLeft ArrowLeft 37 false false', 'keyup body ArrowLeft ArrowLeft 37 false false']],
  ['a key that types', { keys: ['a'] }, ['keydown body a KeyA 65 false false', 'keypress body a KeyA 97 false false', 'keyup body a KeyA 65 false false']],
  ['a key with another', { keys: ['Shift', 'Tab'] }, [
    'keydown body Shift ShiftLeft 16 false true', 'keydown body Tab Tab 9 false true', 'keyup body Shift ShiftLeft 16 false false', 'keyup body Tab Tab 9 false false',
  ]],
  ['the mouse', { mouse: [60, 10] }, ['mousedown c 60 10 0 1', 'mouseup c 60 10 0 0', 'click c 60 10 0 0']],
  ['the mouse elsewhere', { mouse: [10, 100] }, ['mousedown body 10 100 0 1', 'mouseup body 10 100 0 0', 'click body 10 100 0 0']],
  ['another button of the mouse', { mouse: [60, 10], button: 2 }, ['mousedown c 60 10 2 2', 'mouseup c 60 10 2 0']],
  ['a touch, which is a click, too', { touch: [60, 10] }, ['touchstart c 1 1 60 0', 'touchend c 0 1 60 0', 'mousedown c 60 10 0 1', 'mouseup c 60 10 0 0', 'click c 60 10 0 0']],
  ['two touches', { touch: [[60, 10], [70, 10]] }, ['touchstart c 2 2 60 0', 'touchend c 0 2 60 0', 'mousedown c 60 10 0 1', 'mouseup c 60 10 0 0', 'click c 60 10 0 0']],
  ['a swipe, which stays with what it began on', { touch: [60, 10], to: [10, 10] }, ['touchstart c 1 1 60 0', 'touchmove c 1 1 10 0', 'touchend c 0 1 10 0']],
];
for (const [what, input, expected] of INPUTS) {
  test(`a page is told of ${what}`, () => {
    const action = { space: { type: 'Discrete', n: 2, start: 0 }, inputs: [{}, input] };
    assert.deepEqual(stepped('taken()', PAGE, [1], { action })[0], expected);
  });
}

test('a key that is held is pressed once', () => {
  const action = { space: { type: 'Discrete', n: 2, start: 0 }, inputs: [{}, { keys: ['ArrowUp'], hold: true }] };
  const told = stepped('taken()', PAGE, [1, 1, 0], { action });
  assert.deepEqual(told.map((list) => list.map((line) => line.split(' ')[0])), [['keydown'], [], ['keyup']]);
});

test('the mouse enters and leaves', () => {
  const html = PAGE.replace('</script>', "c.onmouseenter = (e) => told.push('enter ' + e.bubbles); c.onmouseleave = () => told.push('leave'); b.onpointerdown = (e) => told.push(e.pointerType); </script>");
  const action = { space: { type: 'Discrete', n: 2, start: 0 }, inputs: [{ mouse: [60, 10] }, { mouse: [10, 205] }] };
  const told = stepped('taken()', html, [0, 1], { action }).map((list) => list.filter((line) => !line.includes('b ') && !line.includes('c ')));
  assert.deepEqual(told, [['enter false'], ['leave', 'mouse']]);
});

test('a click of what is disabled is none, and one of a button presses it', () => {
  const html = PAGE.replace('<button', '<button onclick="told.push(1)" disabled');
  const action = { space: { type: 'Discrete', n: 2, start: 0 }, inputs: [{}, { mouse: [10, 205] }] };
  assert.equal(stepped('taken()', html, [1], { action })[0].includes(1), false);
});

test('a touch that is taken is no click', () => {
  const html = PAGE.replace('</script>', "c.addEventListener('touchstart', (e) => e.preventDefault(), { passive: false }); c.addEventListener('touchend', (e) => e.preventDefault()); </script>");
  const action = { space: { type: 'Discrete', n: 2, start: 0 }, inputs: [{}, { touch: [60, 10] }] };
  assert.deepEqual(stepped('taken()', html, [1], { action })[0].map((line) => line.split(' ')[0]), ['touchstart', 'touchend']);
});

test('touches have places on the canvas', () => {
  const html = PAGE.replace('</script>', "c.onpointerdown = (e) => told.push([e.offsetX, e.offsetY, e.pageX, e.pointerType].join(' ')); </script>");
  const action = { space: { type: 'Discrete', n: 2, start: 0 }, inputs: [{}, { touch: [60, 10] }] };
  assert.equal(stepped('taken()', html, [1], { action })[0][0], '10 10 60 touch');
});

test('start-up input is told, too', () => {
  const { info } = opened(PAGE, {}, { episode: { start: [{ keys: ['Enter'] }] }, info: { first: 'told[0]' } });
  assert.equal(info.first, 'keydown body Enter Enter 13 false false');
});
