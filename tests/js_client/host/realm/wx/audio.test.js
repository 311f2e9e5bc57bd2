import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniGame } from './realms.js';

const FILES = { '/hit.mp3': 'sound' };

function player(t = {}) {
  const { wx, ...rest } = miniGame(FILES);
  const sound = Object.assign(wx.createInnerAudioContext(), t);
  const heard = [];
  for (const name of ['Canplay', 'Play', 'Pause', 'Stop', 'Ended', 'Error']) sound[`on${name}`](() => heard.push(name));
  return { sound, heard, ...rest };
}

test('a sound is ready in virtual time and ends after a second', () => {
  const { sound, heard, advance } = player();
  sound.src = 'hit.mp3';
  sound.play();
  assert.deepEqual(heard, []);
  advance(59);
  assert.deepEqual([heard, sound.paused], [['Canplay', 'Play'], false]);
  advance(2);
  assert.deepEqual([heard.at(-1), sound.paused, sound.currentTime], ['Ended', true, 0]);
});

test('a loop never ends', () => {
  const { sound, heard, advance } = player({ loop: true, autoplay: true });
  sound.src = 'hit.mp3';
  advance(600);
  assert.deepEqual([heard, sound.paused], [['Canplay', 'Play'], false]);
});

test('a paused sound goes on from where it was, a stopped one from the start', () => {
  const { sound, advance } = player();
  sound.src = 'hit.mp3';
  sound.play();
  advance(30);
  sound.pause();
  advance(30);
  assert.equal(sound.currentTime, 0.5);
  sound.play();
  advance(15);
  assert.ok(Math.abs(sound.currentTime - 0.75) < 0.001);
  sound.stop();
  assert.equal(sound.currentTime, 0);
});

test('a sound that is not in the package is an error, and noted', () => {
  const { sound, heard, advance, notes } = player();
  sound.src = 'none.mp3';
  advance();
  assert.deepEqual([heard, notes('missing_files')], [['Error'], ['none.mp3']]);
});

test('a listener that is taken away hears nothing', () => {
  const { sound, heard, advance } = player();
  sound.offCanplay();
  sound.src = 'hit.mp3';
  sound.destroy();
  advance();
  assert.deepEqual(heard, []);
});
