import assert from 'node:assert/strict';
import { test } from 'node:test';

import { opened, stepped } from './pages.js';

const TYPES = "'loadeddata canplaythrough play playing pause ended error'.split(' ')";
const sound = (/** @type {string} */ work) => `<script>var told = [], sound = new Audio('a.mp3');
  for (const type of ${TYPES}) sound.addEventListener(type, () => told.push(type + ' ' + Math.round(performance.now())));
  ${work}</script>`;
const told = (/** @type {string} */ work, frames = 120) => stepped('told', sound(work), [0], { time: { frame_skip: frames }, })[0];

/** With the file there. */
function heard(work, expression = 'told', frames = 120) {
  const { game } = opened(sound(work), { 'a.mp3': 'x' }, { time: { frame_skip: frames }, info: { value: `JSON.stringify(${expression})` } });
  return JSON.parse(game.step(0).info.value);
}

const PLAYS = [
  ['a sound is ready at once', '', ['loadeddata 1', 'canplaythrough 1']],
  ['a sound plays for a second', 'sound.play()', ['loadeddata 1', 'canplaythrough 1', 'play 1', 'playing 1', 'pause 1000', 'ended 1000']],
  ['one that is paused does not end', 'sound.play(); setTimeout(() => sound.pause(), 100)', ['loadeddata 1', 'canplaythrough 1', 'play 1', 'playing 1', 'pause 101']],
  ['one that loops does not end', 'sound.loop = true; sound.play()', ['loadeddata 1', 'canplaythrough 1', 'play 1', 'playing 1']],
  ['play is a promise', 'sound.play().then(() => told.push("kept"))', ['loadeddata 1', 'canplaythrough 1', 'play 1', 'playing 1', 'kept', 'pause 1000', 'ended 1000']],
];
for (const [what, work, expected] of PLAYS) {
  test(what, () => {
    assert.deepEqual(heard(work), expected);
  });
}

test('a sound knows where it is', () => {
  assert.deepEqual(heard('sound.play()', '[sound.currentTime, sound.duration, sound.paused, sound.ended, sound.readyState]', 30), [0.5, 1, false, false, 4]);
  assert.deepEqual(heard('sound.play()', '[sound.currentTime, sound.paused, sound.ended]', 90), [1, true, true]);
});

test('a sound goes on from where it was set', () => {
  assert.deepEqual(heard('sound.currentTime = 0.9; sound.play()').at(-1), 'ended 100');
});

test('a file that is missing is an error, and noted', () => {
  assert.deepEqual(told(''), ['error 1']);
});

test('elements of the page play, too, by themselves when they say so', () => {
  const { game } = opened('<audio id="a" autoplay><source src="a.ogg" type="audio/ogg"></audio><video id="v" width="40"></video>', { 'a.ogg': 'x' }, { time: { frame_skip: 30 }, info: { value: 'JSON.stringify([a.paused, a.currentSrc, v.width, v.canPlayType("video/mp4"), v.canPlayType("video/none"), a instanceof HTMLMediaElement])' } });
  assert.deepEqual(JSON.parse(game.step(0).info.value), [false, 'https://game.stepwire/a.ogg', 40, 'probably', '', true]);
});
