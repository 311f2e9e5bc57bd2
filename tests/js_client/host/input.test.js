import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';

import { firstLine } from '../../../js_client/host/input.js';

test('the first line is taken, in however many pieces it comes', async () => {
  const stream = new PassThrough();
  const line = firstLine(stream);
  stream.write('sec');
  stream.write('ret\nmore');
  assert.equal(await line, 'secret');
});

test('an input that ends without a line break has what it had for its line', async () => {
  const stream = new PassThrough();
  const line = firstLine(stream);
  stream.end('secret');
  assert.equal(await line, 'secret');
});

test('what ends afterwards is still heard', async () => {
  const stream = new PassThrough();
  const line = firstLine(stream);
  stream.write('secret\n');
  await line;
  const closed = new Promise((resolve) => { stream.resume().on('close', resolve); });
  stream.end();
  await closed;
});
