import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isOwnPath, ownPath, parentFolder } from '../../../../../js_client/host/realm/wx/disk.js';
import { wxRoom } from './realms.js';

test('the package is read by relative and absolute paths', () => {
  const { disk } = wxRoom({ '/data/a.txt': 'abc' });
  for (const path of ['data/a.txt', '/data/a.txt', './data/a.txt']) assert.equal(disk.read(path)?.length, 3);
  assert.deepEqual([disk.read('none'), disk.exists('none')], [undefined, false]);
});

test('own files are apart from the package, whichever way their folder is written', () => {
  const { disk } = wxRoom();
  disk.write('wxfile://usr/a', Uint8Array.of(1), 'open');
  assert.deepEqual([...disk.read('http://usr/a')], [1]);
  assert.deepEqual([isOwnPath('http://usr.example.com/a'), isOwnPath('wxfile://tmp/a'), isOwnPath('a')], [false, true, false]);
});

test('the package cannot be written, nor a folder that there is not', () => {
  const { disk } = wxRoom();
  assert.throws(() => disk.write('a.txt', new Uint8Array(), 'open'), /permission denied, open 'a.txt'/);
  assert.throws(() => disk.write('wxfile://usr/no/a', new Uint8Array(), 'open'), /no such file or directory/);
});

test('a picture of one\'s own is found by its bytes, others by their names', () => {
  const { disk } = wxRoom();
  const path = disk.keep('a.jpg', 'data:image/jpeg;base64,/9g=');
  assert.deepEqual([disk.located(path), disk.located('img/b.png')], ['data:image/jpeg;base64,/9g=', 'img/b.png']);
});

test('paths are cleaned', () => {
  assert.equal(ownPath('http://usr//a///b/', 'open'), 'wxfile://usr/a/b');
  assert.equal(parentFolder('wxfile://usr/a/b'), 'wxfile://usr/a');
});
