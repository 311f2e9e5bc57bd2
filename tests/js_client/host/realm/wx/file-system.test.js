import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keepingCalls, miniGame } from './realms.js';

function files(package_ = {}) {
  const realm = miniGame(package_);
  return { fs: realm.wx.getFileSystemManager(), user: realm.wx.env.USER_DATA_PATH, ...realm };
}

test('what is written is read, as text or bytes or a part of them', () => {
  const { fs, user } = files();
  fs.writeFileSync(`${user}/a.txt`, 'héllo');
  assert.equal(fs.readFileSync(`${user}/a.txt`, 'utf8'), 'héllo');
  assert.equal(fs.readFileSync(`${user}/a.txt`).byteLength, 6);
  assert.equal(fs.readFileSync(`${user}/a.txt`, 'utf8', 3, 2), 'll');
  fs.appendFileSync(`${user}/a.txt`, new Uint8Array([33]).buffer);
  assert.equal(fs.readFileSync(`${user}/a.txt`, 'utf-8'), 'héllo!');
});

test('the package is read as well, and not written', () => {
  const { fs } = files({ '/level.json': '{"n": 1}' });
  assert.equal(fs.readFileSync('level.json', 'utf8'), '{"n": 1}');
  assert.throws(() => fs.writeFileSync('level.json', ''), { errMsg: "writeFileSync:fail permission denied, open 'level.json'" });
});

test('a file that is not there throws, or fails where there are callbacks', () => {
  const { fs, advance } = files();
  const { told, fail } = keepingCalls();
  assert.throws(() => fs.readFileSync('none'), /readFileSync:fail no such file or directory, open 'none'/);
  fs.access({ path: 'none', fail });
  advance();
  assert.equal(told[0][1].errMsg, "access:fail no such file or directory, access 'none'");
});

test('folders are made, listed and removed', () => {
  const { fs, user } = files();
  fs.mkdirSync(`${user}/a/b`, true);
  fs.writeFileSync(`${user}/a/f`, '');
  assert.deepEqual(fs.readdirSync(`${user}/a`), ['b', 'f']);
  assert.throws(() => fs.mkdirSync(`${user}/a`), /file already exists/);
  assert.throws(() => fs.rmdirSync(`${user}/a`), /directory not empty/);
  fs.rmdirSync(`${user}/a`, true);
  assert.deepEqual(fs.readdirSync(user), []);
});

test('files are copied, renamed and removed', () => {
  const { fs, user } = files({ '/a.txt': 'abc' });
  fs.copyFileSync('a.txt', `${user}/b`);
  fs.renameSync(`${user}/b`, `${user}/c`);
  assert.deepEqual([fs.readdirSync(user), fs.readFileSync(`${user}/c`, 'utf8')], [['c'], 'abc']);
  fs.unlinkSync(`${user}/c`);
  assert.throws(() => fs.unlinkSync(`${user}/c`), /unlinkSync:fail no such file/);
});

test('a file\'s size and kind are told', () => {
  const { fs, user } = files({ '/a.txt': 'abc' });
  const [file, folder] = [fs.statSync('a.txt'), fs.statSync(user)];
  assert.deepEqual([file.size, file.isFile(), folder.isDirectory()], [3, true, true]);
});

test('saved files are listed', async () => {
  const { fs, wx, advance } = files();
  const saved = fs.saveFileSync(wx.createCanvas().toTempFilePathSync());
  const listed = fs.getSavedFileList();
  advance();
  assert.deepEqual((await listed).fileList.map(({ filePath, size }) => [filePath, size]), [[saved, 3]]);
});

test('base64 is turned into bytes and back', () => {
  const { wx } = files();
  assert.equal(wx.arrayBufferToBase64(wx.base64ToArrayBuffer('AAEC')), 'AAEC');
});
