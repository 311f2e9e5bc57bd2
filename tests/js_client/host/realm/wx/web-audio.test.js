import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniGame } from './realms.js';

test('nodes connect in a chain and keep their values', () => {
  const { wx } = miniGame();
  const audio = wx.createWebAudioContext();
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0.25, 0).linearRampToValueAtTime(0.5, 1);
  audio.createOscillator().connect(gain).connect(audio.destination);
  assert.equal(gain.gain.value, 0.5);
});

test('a source ends when its buffer does, in virtual time', () => {
  const { wx, advance } = miniGame();
  const audio = wx.createWebAudioContext();
  const source = audio.createBufferSource();
  let ended = 0;
  source.onended = () => { ended += 1; };
  source.buffer = audio.createBuffer(1, 22050, 44100);
  source.start();
  advance(29);
  assert.equal(ended, 0);
  advance(2);
  assert.equal(ended, 1);
  assert.ok(audio.currentTime > 0.5);
});

test('decoding gives a buffer, by callback and promise', async () => {
  const { wx, advance } = miniGame();
  const audio = wx.createWebAudioContext();
  const buffers = [];
  const decoded = audio.decodeAudioData(new ArrayBuffer(4), (buffer) => buffers.push(buffer));
  advance();
  assert.equal(await decoded, buffers[0]);
  assert.ok(buffers[0].getChannelData(0) instanceof Float32Array);
});
