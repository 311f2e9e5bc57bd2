import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun, valueIn } from '../games.js';

/** What an expression gives in a fresh game; objects as JSON. */
const value = (text, more = '') => valueIn(`JSON.stringify(${text})`, { 'index.js': more });

const VALUES = [
  ['Date.now()', 1704067200000],
  ['new Date().toISOString()', '2024-01-01T00:00:00.000Z'],
  ['new Date(2020, 0, 1).getFullYear()', 2020],
  ['typeof Date()', 'string'],
  ['new Date() instanceof Date && new Date().constructor === Date', true],
  ['Date.UTC(2000, 0)', 946684800000],
  ['performance.now()', 0],
  ['performance.timeOrigin', 1704067200000],
  ['typeof requestAnimationFrame(() => {})', 'number'],
  ['new TextEncoder().encode("ä") instanceof Uint8Array', true],
  ['new TextDecoder().decode(new Uint8Array([104, 105]))', 'hi'],
  ['new URL("b?c=1", "https://x.y/a/").href', 'https://x.y/a/b?c=1'],
  ['atob(btoa("hello"))', 'hello'],
  ['crypto.getRandomValues(new Uint32Array(4)).length', 4],
  ['/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())', true],
  ['structuredClone({ a: [1, { b: new Date(5) }], m: new Map([[1, 2]]) }).a[1].b.getTime()', 5],
  ['structuredClone([1]) instanceof Array', true],
  ['(() => { const a = {}; a.self = a; const b = structuredClone(a); return b.self === b && b !== a; })()', true],
  ['new WeakRef(globalThis).deref() === globalThis', true],
  ['Object.keys(globalThis).length', 0],
];
for (const [text, expected] of VALUES) {
  test(`${text} is ${expected}`, () => assert.deepEqual(JSON.parse(value(text)), expected));
}

test('chance is the seed’s, in whichever way it is asked for', () => {
  const text = '[Math.random(), crypto.randomUUID(), [...crypto.getRandomValues(new Uint8Array(3))]]';
  const drawn = (seed) => begun({ 'index.js': '' }, { info: { drawn: `JSON.stringify(${text})` } }, { seed }).info.drawn;
  assert.equal(drawn(5), drawn(5));
  assert.notEqual(drawn(5), drawn(6));
});

test('a timer may be text, takes arguments, and can be cleared', () => {
  const { game } = begun({
    'index.js': `globalThis.told = [];
      setTimeout('told.push("text")', 2); setTimeout((a, b) => told.push(a + b), 3, 'x', 'y');
      clearTimeout(setTimeout(() => told.push('never'), 4)); queueMicrotask(() => told.push('micro'));`,
  }, { info: { told: 'told.join()' } });
  assert.equal(game.step(0).info.told, 'micro,text,xy');
});

test('the console goes outside as text', () => {
  const lines = [];
  begun({ 'index.js': 'console.log("a", { b: 1 }, null); console.error(new Error("oh")); console.assert(false, "no"); console.time("x");' }, {}, {
    log: (level, text) => lines.push(`${level} ${text.split('\n')[0]}`),
  });
  assert.deepEqual(lines, ['log a {"b":1} null', 'error Error: oh', 'error Assertion failed: no']);
});

test('what cannot be cloned is refused as browsers do', () => {
  assert.match(valueIn('(() => { try { structuredClone(() => 1); } catch (error) { return error.message; } })()', { 'index.js': '' }), /DataCloneError/);
});
