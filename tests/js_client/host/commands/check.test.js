import assert from 'node:assert/strict';
import { test } from 'node:test';

import { run } from '../../../../js_client/host/commands/check.js';
import { folderOf } from '../games.js';
import { called } from './called.js';

const COUNTER = 'let count = 0; module.exports = { add() { count += 1; }, get count() { return count; } };';
const DESCRIBED = {
  name: 'counter', kind: 'node', entry: 'index.js',
  action: { space: { type: 'Discrete', n: 1 }, run: 'stepwire.module("index.js").add()' },
  observation: { space: { type: 'Box', low: 0, high: 10, shape: [1] }, read: '[stepwire.module("index.js").count]' },
  reward: { read: 'stepwire.module("index.js").count', difference: true },
  episode: { terminated: 'stepwire.module("index.js").count >= 5' },
};

/** What is said of a game with these changes of its description. */
async function checked(t, changes = {}, words = [], script = COUNTER) {
  const folder = folderOf({ 'index.js': script, 'stepwire.game.json': JSON.stringify({ ...DESCRIBED, ...changes }) });
  return called(t, run, [folder, ...words]);
}

test('a game that is in order is played, and nothing is said against it', async (t) => {
  const { code, lines } = await checked(t, {}, ['--steps', '20']);
  assert.equal(code, 0);
  assert.match(lines[0], /^ok {5}counter: the description is in order \(node, index\.js, 640 × 480\)$/);
  assert.match(lines[1], /^ok {5}played 20 steps in 4 episodes: \d+ frames\/s, \d+ × real time$/);
  assert.equal(lines.length, 2);
});

test('every problem of a description is told, and the game is not loaded', async (t) => {
  const { code, lines } = await checked(t, { nmae: 'x', time: { fps: 0 } }, [], 'throw new Error("loaded")');
  assert.equal(code, 1);
  assert.match(lines[0], /^wrong {2}.*: 2 problems$/);
  assert.match(lines[1], /^ {7}nmae: there is no such field; did you mean name\?$/);
  assert.match(lines[2], /^ {7}time\.fps: expected a number above 0/);
});

test('an observation outside its space is wrong', async (t) => {
  const { code, lines } = await checked(t, { episode: { max_steps: 100 } });
  assert.equal(code, 1);
  assert.match(lines.join('\n'), /^wrong {2}observation\.read\[0\]: expected a number in \[0, 10\], got 11 \(after step 11\)$/m);
});

const ODD = [
  ['a missing reward', { reward: {} }, /^odd {4}reward\.read is missing: every reward is 0$/m],
  ['a reward that never comes', { reward: { read: '0' } }, /^odd {4}every reward was 0 in 20 steps of random actions$/m],
  ['an end that never comes', { episode: { terminated: 'false', max_steps: 5 } }, /^odd {4}episode\.terminated was never true in 20 steps/m],
  ['an observation that never changes', { observation: { ...DESCRIBED.observation, read: '[3]' } }, /^odd {4}the observation was always the same/m],
];

for (const [what, changes, line] of ODD) {
  test(`${what} is odd, and not wrong`, async (t) => {
    const { code, lines } = await checked(t, changes, ['--steps', '20']);
    assert.equal(code, 0);
    assert.match(lines.join('\n'), line);
  });
}

test('an expression that fails is wrong, and its field is named', async (t) => {
  const { code, lines } = await checked(t, { info: { level: 'nothing.level' } });
  assert.equal(code, 1);
  assert.match(lines.join('\n'), /^wrong {2}info\.level: ReferenceError: nothing is not defined/m);
});

for (const steps of ['0', 'many', '1.5']) {
  test(`--steps ${steps} is refused`, async (t) => {
    await assert.rejects(checked(t, {}, ['--steps', steps]), /--steps: expected a whole number from 1 on/);
  });
}

test('a game for Chromium is not played here', async (t) => {
  const folder = folderOf({ 'index.html': '', 'stepwire.game.json': JSON.stringify({ ...DESCRIBED, kind: 'browser', entry: 'index.html', driver: 'chromium' }) });
  const { code, lines } = await called(t, run, [folder]);
  assert.deepEqual([code, lines.length], [0, 2]);
  assert.match(lines[1], /^odd {4}it runs in Chromium, and was not played/);
});
