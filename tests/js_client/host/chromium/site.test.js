import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createSite, EMPTY_PAGE } from '../../../../js_client/host/chromium/site.js';
import { description, packageOf } from '../games.js';

/** What a page gets of these files. */
function siteOf(files, changes = {}) {
  const site = createSite(packageOf(files, changes), description(changes));
  return (path) => site(`https://game.stepwire${path}`);
}

test('files come as they are, with their type, and what is not there does not', () => {
  const site = siteOf({ 'index.html': '<p>ä', 'img/a b.png': Buffer.from([1, 2]), 'x.unknown': '?' });
  assert.deepEqual([site('/index.html').body, site('/index.html').headers['content-type']], ['<p>ä', 'text/html; charset=utf-8']);
  assert.deepEqual([[...site('/img/a%20b.png?v=1').body], site('/img/a%20b.png').headers['content-type']], [[1, 2], 'image/png']);
  assert.equal(site('/x.unknown').headers['content-type'], 'application/octet-stream');
  assert.equal(site('/none.js').status, 404);
});

const PAGES = [
  ['<!doctype html><html><head><title>x</title></head></html>', '<!doctype html><html><head><script>first()</script><title>x</title></head></html>'],
  ['<!DOCTYPE html>\n<script>game()</script>', '<!DOCTYPE html><script>first()</script>\n<script>game()</script>'],
  ['<canvas>', '<script>first()</script><canvas>'],
];
for (const [html, expected] of PAGES) {
  test(`the prelude comes before any script of ${html}`, () => {
    assert.equal(siteOf({ 'index.html': html }, { hooks: { prelude: 'first()' } })('/index.html').body, expected);
  });
}

test('imports are spelled out, so that no file runs twice', () => {
  const site = siteOf({
    'game.js': "import Main from './js/main'; import './js/lib'; import data from \"./d.json\";", 'js/main.js': 'export default 1;', 'js/lib.js': 'exports.x = 1;', 'd.json': '{}',
  });
  const { body, headers } = site('/game.js');
  assert.equal(body, "import Main from '/js/main.js'; import '/js/lib.js?commonjs'; import data from \"/d.json?commonjs\";");
  assert.equal(headers['x-stepwire-module'], '1');
  assert.equal(site('/js/lib.js').headers['x-stepwire-module'], undefined);
  assert.match(site('/js/lib.js?commonjs').body, /stepwire\.require.*"\/js\/lib\.js"/);
  assert.deepEqual(JSON.parse(site('/game.js?modules').body), { modules: ['/js/main.js'] });
});

test('games that bring no page get an empty one', () => {
  assert.match(siteOf({ 'index.js': '' })(EMPTY_PAGE).body, /^<!doctype html>/);
});
