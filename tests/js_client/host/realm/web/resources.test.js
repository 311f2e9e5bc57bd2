import assert from 'node:assert/strict';
import { test } from 'node:test';

import { here } from '../../../../../js_client/host/realm/web/here.js';
import { Blob, objectUrls } from '../../../../../js_client/host/realm/web/blobs.js';
import { absoluteUrl, packagePath, resource } from '../../../../../js_client/host/realm/web/resources.js';
import { arrived } from './arrived.js';

const URLS = [
  ['a.png', 'https://game.stepwire/pages/a.png'], ['/a.png?x=1#y', 'https://game.stepwire/a.png?x=1#y'], ['../b.js', 'https://game.stepwire/b.js'],
  ['//cdn.example/c.js', 'https://cdn.example/c.js'], ['data:,x', 'data:,x'], ['?q', 'https://game.stepwire/pages/index.html?q'],
];
for (const [url, whole] of URLS) {
  test(`${url} on a page is ${whole}`, () => {
    arrived();
    here.base = '/pages/index.html';
    assert.equal(absoluteUrl(url), whole);
  });
}

test('a path in the package is undefined for what is elsewhere', () => {
  arrived();
  assert.deepEqual([packagePath(' a.png '), packagePath('https://cdn.example/a.png')], ['/a.png', undefined]);
});

const FOUND = [
  ['a.css', 'GET', 200, 'text/css', 'p {}'], ['none.css', 'GET', 404, 'text/plain', 'Not Found'], ['a.css', 'POST', 405, 'text/plain', ''],
  ['data:text/html,%3Cb%3E', 'GET', 200, 'text/html', '<b>'], ['data:image/x;base64,aGk=', 'GET', 200, 'image/x', 'hi'],
  ['data:,plain', 'GET', 200, 'text/plain;charset=US-ASCII', 'plain'],
];
for (const [url, method, status, type, text] of FOUND) {
  test(`${method} ${url} gives ${status}, ${type}`, () => {
    arrived({ '/a.css': 'p {}' });
    const { bytes, ...found } = resource(url, method);
    assert.deepEqual([found.status, found.type, new TextDecoder().decode(bytes)], [status, type, text]);
  });
}

test('what is asked for in vain is noted', () => {
  const { notes } = arrived();
  assert.equal(resource('https://cdn.example/a.js?x'), undefined);
  resource('b.css');
  resource('b.css', 'DELETE');
  assert.deepEqual([notes('network'), notes('missing_files')], [['https://cdn.example/a.js?x', 'DELETE /b.css'], ['/b.css']]);
});

test('an object URL leads to its blob', () => {
  arrived();
  const Url = objectUrls(class {});
  const { bytes, type } = resource(Url.createObjectURL(new Blob(['x'], { type: 'a/b' })));
  assert.deepEqual([new TextDecoder().decode(bytes), type], ['x', 'a/b']);
  assert.equal(resource('blob:nowhere'), undefined);
});
