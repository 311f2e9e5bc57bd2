import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun, valueIn } from '../games.js';

const VALUES = [
  ['process.platform', 'linux'],
  ['process.uptime()', 0],
  ['process.hrtime().length', 2],
  ['String(process.hrtime.bigint())', '0'],
  ['require("path").join("a", "..", "b")', 'b'],
  ['typeof require("node:events").EventEmitter', 'function'],
  ['require("fs").readFileSync("./data.txt")', 'text'],
  ['require("fs").existsSync("/none")', false],
  ['require("crypto").randomInt(5) < 5', true],
  ['Buffer.from("hi").toString("hex")', '6869'],
  ['typeof window', 'undefined'],
  ['Object.keys(process.env).length', 0],
];
for (const [text, expected] of VALUES) {
  test(`${text} is ${expected}`, () => assert.equal(valueIn(text, { 'index.js': '', 'data.txt': 'text' }), expected));
}

for (const name of ['child_process', 'net', 'worker_threads', 'node:vm']) {
  test(`a game has no module ${name}`, () => {
    assert.throws(() => begun({ 'index.js': `require('${name}')` }), /Cannot find module/);
  });
}

test('keys arrive as a terminal sends them', () => {
  const { game } = begun({ 'index.js': 'globalThis.got = []; process.stdin.setRawMode(true).on("data", (text) => got.push(text));' }, {
    action: { space: { type: 'Discrete', n: 2 }, inputs: [{ keys: ['ArrowUp', 'q'] }, { keys: ['Enter'] }] }, info: { got: 'JSON.stringify(got)' },
  });
  game.step(0);
  assert.equal(game.step(1).info.got, JSON.stringify(['\u001b[A', 'q', '\r']));
});

test('a question is answered by a typed line', () => {
  const { game } = begun({ 'index.js': "require('readline').createInterface({}).question('?', (line) => { globalThis.answer = line; });" }, {
    action: { space: { type: 'Discrete', n: 1 }, inputs: [{ keys: ['4', '2', 'Enter'] }] }, info: { answer: 'globalThis.answer' },
  });
  assert.equal(game.step(0).info.answer, '42');
});

test('process.exit ends nothing but is an error', () => {
  assert.throws(() => begun({ 'index.js': 'process.exit(3)' }), /index\.js: Error: the game called process\.exit\(3\)/);
});
