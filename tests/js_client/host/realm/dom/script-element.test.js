import assert from 'node:assert/strict';
import { test } from 'node:test';

import { stepped, opened } from './pages.js';

const begin = 'var told = []; const add = (made) => { const s = document.createElement("script"); s.onload = () => told.push("load"); s.onerror = () => told.push("error"); made(s); document.head.append(s); return s; };';

/** What a script does that makes a script, and what is told by then and after a frame. */
const MADE = [
  ['a file runs as a task, and tells', 'add((s) => { s.src = "a.js"; })', [], ['ran', 'load']],
  ['a missing file tells an error', 'add((s) => { s.src = "none.js"; })', [], ['error']],
  ['text runs at once', 'add((s) => { s.textContent = "told.push(1)"; })', [1], []],
  ['a file that is set later runs then', 'const s = add(() => {}); s.src = "a.js"', [], ['ran', 'load']],
  ['a script runs once', 'const s = add((s) => { s.text = "told.push(1)"; }); s.remove(); document.body.append(s)', [1], []],
  ['files keep their order', 'add((s) => { s.src = "a.js"; }); add((s) => { s.src = "b.js"; })', [], ['ran', 'load', 'b', 'load']],
];
for (const [what, work, now, then] of MADE) {
  test(`of scripts that a script makes: ${what}`, () => {
    const { game, info } = opened(`<body><script>${begin} ${work}</script>`, { 'a.js': 'told.push("ran")', 'b.js': 'told.push("b")' }, { info: { value: 'JSON.stringify(told.splice(0))' } });
    assert.deepEqual([JSON.parse(info.value), JSON.parse(game.step(0).info.value)], [now, then]);
  });
}

test('the page is loaded after scripts that scripts have made', () => {
  const html = `<body><script>${begin} addEventListener('load', () => told.push('page')); add((s) => { s.src = 'data:text/javascript,told.push(1)'; })</script>`;
  assert.deepEqual(stepped('told', html, [0], {})[0], [1, 'load', 'page']);
});
