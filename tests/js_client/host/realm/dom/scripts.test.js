import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage, opened } from './pages.js';

const FILES = {
  'a.js': 'seen.push("a", document.currentScript?.id ?? "none");', 'js/m.js': 'import { v } from "./v.js"; seen.push("m" + v, typeof this); window.done = true;', 'js/v.js': 'export const v = 2;',
  'node_modules/vee/index.js': 'export const v = 2;',
};
const start = '<script>var seen = [];</script>';

const SCRIPTS = [
  ['a file', '<script src="a.js" id="x"></script>', ['a', 'x']],
  ['an inline script', '<script id="y">seen.push("inline", document.currentScript.id)</script>', ['inline', 'y']],
  ['scripts in order', '<script src="a.js"></script><script>seen.push("b")</script>', ['a', '', 'b']],
  ['a deferred script after the others', '<script src="a.js" defer></script><script>seen.push("b")</script>', ['b', 'a', '']],
  ['a module after the others', '<script type="module" src="js/m.js"></script><script>seen.push("b")</script>', ['b', 'm2', 'undefined']],
  ['an inline module', '<script type="module">import { v } from "./js/v.js"; seen.push(v, typeof this, import.meta.url)</script>', [2, 'undefined', 'https://game.stepwire/index.html']],
  ['a module by an import map', '<script type="importmap">{"imports": {"vee": "./js/v.js", "lib/": "/js/"}}</script><script type="module">import { v } from "vee"; import * as again from "lib/v.js"; seen.push(v, again.v); import("vee").then((m) => seen.push("late" + m.v))</script>', [2, 2, 'late2']],
  ['a module of a network that the package has, too', '<script type="importmap">{"imports": {"vee": "https://cdn.example/v.js"}}</script><script type="module">import { v } from "vee"; seen.push(v)</script>', [2]],
  ['an import within a classic script', '<script>import("./js/v.js").then(({ v }) => seen.push(v))</script>', [2]],
  ['a script of a data URL', '<script src="data:text/javascript,seen.push(5)"></script>', [5]],
  ['no data', '<script type="application/json">seen.push(1)</script><script type="text/template">x</script>', []],
  ['nothing for old browsers', '<script nomodule>seen.push(1)</script>', []],
  ['scripts after one that fails', '<script>nothing.at.all</script><script>seen.push("on")</script>', ['on']],
  ['scripts after one that cannot be read', '<script>this is no script</script><script>seen.push("on")</script>', ['on']],
];
for (const [what, html, expected] of SCRIPTS) {
  test(`a page runs ${what}`, () => {
    assert.deepEqual(onPage('seen', start + html, FILES), expected);
  });
}

const NOTED = [
  ['a file that is missing', '<script src="none.js"></script>', { missing_files: ['/none.js'] }],
  ['a script of another host', '<script src="https://cdn.example/lib.js"></script>', { skipped_scripts: ['https://cdn.example/lib.js'] }],
  ['a script of another host, without its protocol', '<script src="//cdn.example/lib.js"></script>', { skipped_scripts: ['https://cdn.example/lib.js'] }],
];
for (const [what, html, expected] of NOTED) {
  test(`${what} is noted`, () => {
    assert.deepEqual(opened(html).fidelity, expected);
  });
}

test('top-level names of classic scripts are shared, and can be read', () => {
  assert.deepEqual(onPage('[a, b, c, typeof D, window.a, typeof window.b]', '<script>var a = 1; let b = 2;</script><script>const c = a + b; class D {}</script>'), [1, 2, 3, 'function', 1, 'undefined']);
});

test('a page in a folder reads its files from there', () => {
  assert.deepEqual(onPage('[seen, location.pathname]', '', { 'game/index.html': `${start}<script src="a.js"></script><script src="../b.js"></script>`, 'game/a.js': 'seen.push(1)', 'b.js': 'seen.push(2)' }, { entry: 'game/index.html' }), [[1, 2], '/game/index.html']);
});
