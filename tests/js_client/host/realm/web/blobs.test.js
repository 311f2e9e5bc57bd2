import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Blob, File, FileReader, bytesOf, dataUrl, objectUrls } from '../../../../../js_client/host/realm/web/blobs.js';
import { here } from '../../../../../js_client/host/realm/web/here.js';
import { arrived, listening } from './arrived.js';

test('a blob joins texts, bytes and other blobs', async () => {
  const { frame } = arrived();
  const blob = new Blob(['a', Uint8Array.of(98), new Blob(['c'])], { type: 'Text/Plain' });
  const text = blob.slice(1).text();
  await frame();
  assert.deepEqual([blob.size, blob.type, await text], [3, 'text/plain', 'bc']);
});

test('a file has a name, and the virtual time', () => {
  const { kernel } = arrived();
  const file = new File(['x'], 'a.txt');
  assert.deepEqual([file.name, file.lastModified, file.size], ['a.txt', kernel.clock.date(), 1]);
});

const READINGS = [
  ['readAsText', 'héllo'], ['readAsDataURL', 'data:text/plain;base64,aMOpbGxv'], ['readAsBinaryString', 'h\u00c3\u00a9llo'],
  ['readAsArrayBuffer', new TextEncoder().encode('héllo').buffer],
];
for (const [method, expected] of READINGS) {
  test(`${method} gives what is in a blob, as a task`, async () => {
    const { frame } = arrived();
    const reader = new FileReader();
    const heard = listening(reader, 'loadstart load loadend');
    reader[method](new Blob(['héllo'], { type: 'text/plain' }));
    assert.equal(reader.readyState, FileReader.LOADING);
    await frame();
    assert.deepEqual(reader.result, expected);
    assert.deepEqual(heard.types, ['loadstart', 'load', 'loadend']);
  });
}

test('a reading that is aborted gives nothing', async () => {
  const { frame } = arrived();
  const reader = new FileReader();
  reader.readAsText(new Blob(['x']));
  reader.abort();
  await frame();
  assert.equal(reader.result, null);
});

test('a blob can be found by its object URL until that is revoked', () => {
  arrived();
  const Url = objectUrls(class {});
  const url = Url.createObjectURL(new Blob(['x']));
  assert.equal(new TextDecoder().decode(bytesOf(here.blobs.get(url))), 'x');
  Url.revokeObjectURL(url);
  assert.equal(here.blobs.has(url), false);
});

test('bytes of an unknown kind are any bytes', () => {
  assert.equal(dataUrl(Uint8Array.of(1), ''), 'data:application/octet-stream;base64,AQ==');
});
