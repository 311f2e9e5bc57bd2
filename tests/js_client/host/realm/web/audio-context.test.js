import assert from 'node:assert/strict';
import { test } from 'node:test';

import { AudioContext, AudioNode, OfflineAudioContext } from '../../../../../js_client/host/realm/web/audio-context.js';
import { arrived } from './arrived.js';

test('an audio context makes nodes that can be connected, and hears nothing', () => {
  arrived();
  const context = new AudioContext();
  const gain = context.createGain();
  const oscillator = context.createOscillator();
  oscillator.connect(gain);
  gain.connect(context.destination);
  gain.gain.setValueAtTime(0.5, 0);
  oscillator.start();
  assert.deepEqual([gain instanceof AudioNode, typeof context.sampleRate, context.baseLatency], [true, 'number', 0.01]);
});

for (const [how, options] of [['numbers', [2, 441, 44100]], ['an object', [{ channels: 2, length: 441, sampleRate: 44100 }]]]) {
  test(`an offline context of ${how} renders silence as a task`, async () => {
    const { frame } = arrived();
    const rendered = new OfflineAudioContext(...options).startRendering();
    await frame();
    assert.equal((await rendered).length, 441);
  });
}
