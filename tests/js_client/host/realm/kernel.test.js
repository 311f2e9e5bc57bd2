import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createKernel } from '../../../../js_client/host/realm/kernel.js';
import { description } from '../games.js';

/** A kernel whose natives keep what they are asked. */
function kernelWith(files = {}) {
  const asked = [];
  const natives = {
    readText: (path) => files[path], exists: (path) => path in files, isModule: () => false,
    readBytes: (path) => files[path] && new TextEncoder().encode(files[path]).buffer,
    drain: () => asked.push('drain'), compile: (text, _, parameters) => new Function(...parameters, text),
  };
  return { kernel: createKernel({}, natives, description(), 7), asked };
}

test('the game is called with what it expects, and promises run after it', () => {
  const { kernel, asked } = kernelWith();
  const self = {};
  const result = kernel.run(function (a, b) { return [this === self, a + b]; }, self, [1, 2]);
  assert.deepEqual([result, asked], [[true, 3], ['drain']]);
});

test('promises wait until no code of the game is under way', () => {
  const { kernel, asked } = kernelWith();
  kernel.run(() => { kernel.run(() => asked.push('inner')); asked.push('outer'); });
  assert.deepEqual(asked, ['inner', 'outer', 'drain']);
});

test('an exception is reported, told to who listens, and does not get out', () => {
  const { kernel, asked } = kernelWith();
  const heard = [];
  kernel.onError((error) => heard.push(error.message));
  assert.equal(kernel.run(() => { throw new Error('oh'); }), undefined);
  assert.deepEqual([heard, kernel.report.errorCount(), asked], [['oh'], 1, ['drain']]);
});

test('equal seeds give equal numbers, again after reseeding', () => {
  const draw = ({ random }) => [random.next(), random.next(), random.uint32()];
  const [one, two] = [kernelWith().kernel, kernelWith().kernel];
  const first = draw(one);
  assert.deepEqual(draw(two), first);
  assert.notDeepEqual(draw(two), first);
  two.random.reseed(7);
  assert.deepEqual(draw(two), first);
});

test('bytes are a copy of the game’s own', () => {
  const { kernel } = kernelWith({ '/a.bin': 'abc' });
  const bytes = kernel.files.bytes('/a.bin');
  bytes[0] = 0;
  assert.deepEqual([...kernel.files.bytes('/a.bin')], [97, 98, 99]);
  assert.equal(kernel.files.bytes('/none'), undefined);
});
