import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { bridge } from '../bridge.js';

const at = (path) => fileURLToPath(new URL(`../../../js_client/${path}`, import.meta.url));
const SNAKE = at('examples/snake/game.js');

/** Runs the host with these words; its output is read line by line. */
function host(t, words, environment = {}) {
  const process_ = spawn(process.execPath, [at('host/run.js'), ...words], { env: { ...process.env, ...environment } });
  t.after(() => process_.kill('SIGKILL'));
  const errors = [];
  createInterface(process_.stderr).on('line', (line) => errors.push(line));
  return { process: process_, lines: createInterface(process_.stdout), errors, exited: once(process_, 'close') };
}

async function served(t, more = [], environment = {}) {
  const there = await bridge();
  t.after(there.close);
  const running = host(t, ['--game', SNAKE, '--url', there.url, ...more], environment);
  const game = await there.game();
  return { ...running, there, game };
}

test('the host serves its instances and says so in one line', async (t) => {
  const { game, lines } = await served(t, ['--instances', '3', '--name', 'mine'], { STEPWIRE_TOKEN: 'secret' });
  const [line] = await once(lines, 'line');
  assert.match(line, /^stepwire: ready: mine, 3 instances, at ws:/);
  assert.deepEqual([game.hello.instances, game.hello.token], [3, 'secret']);
  const state = await game.ask({ type: 'reset', id: 1, instances: [0, 1, 2], seeds: [1, 2, 3] });
  assert.deepEqual(state.observations.shape, [3, 3, 10, 10]);
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`on ${signal} the host says bye and exits with 0`, async (t) => {
    const { game, process: process_, exited, lines } = await served(t);
    await once(lines, 'line');
    process_.kill(signal);
    assert.equal((await game.hear()).type, 'bye');
    assert.deepEqual(await exited, [0, null]);
  });
}

test('on its leash the host ends with its input', async (t) => {
  const { game, process: process_, exited, lines } = await served(t, ['--stdin-leash']);
  await once(lines, 'line');
  process_.stdin.end();
  assert.equal((await game.hear()).type, 'bye');
  assert.deepEqual(await exited, [0, null]);
});

test('the token may be the first line of its input', async (t) => {
  const there = await bridge();
  t.after(there.close);
  const { process: process_ } = host(t, ['--game', SNAKE, '--url', there.url, '--stdin-token', '--stdin-leash']);
  process_.stdin.write('from a pipe\n');
  assert.equal((await there.game()).hello.token, 'from a pipe');
});

test('on its leash the host says how it is, and counts what its games do', async (t) => {
  const { game, lines } = await served(t, ['--stdin-leash', '--instances', '2']);
  await game.ask({ type: 'reset', id: 1, instances: [0, 1], seeds: [1, 2] });
  await game.ask({ type: 'step', id: 2, instances: [0, 1], actions: [0, 1] });
  const isBeat = (line) => line.startsWith('@stats ') && !line.includes('"steps":0');
  for await (const [line] of on(lines, 'line')) {
    if (!isBeat(line)) continue;
    const { instances, steps, episodes, faults, rss_mb: memory } = JSON.parse(line.slice('@stats '.length));
    assert.deepEqual([instances, steps, episodes, faults], [2, 2, 2, 0]);
    assert.ok(memory > 10);
    break;
  }
});

test('a promise that the game lets be rejected ends nothing', async (t) => {
  const module = join(mkdtempSync(join(tmpdir(), 'stepwire-')), 'game.mjs');
  const discrete = "{ type: 'Discrete', n: 2 }";
  writeFileSync(module, `Promise.reject(new Error('stray'));
    export default () => ({ name: 'stray', observationSpace: ${discrete}, actionSpace: ${discrete}, reset: () => 0, step: () => ({}) });`);
  const there = await bridge();
  t.after(there.close);
  const { errors } = host(t, ['--game', module, '--url', there.url]);
  const game = await there.game();
  assert.deepEqual((await game.ask({ type: 'reset', id: 1, instances: [0], seeds: [1] })).type, 'state');
  assert.match(errors.join(), /rejected.*stray/);
});

test('the host comes back when the bridge does', async (t) => {
  const { there, game } = await served(t);
  game.socket.terminate();
  assert.equal((await there.game()).hello.name, 'snake');
});

test('with --resolve-every the host dials the addresses behind the name', async (t) => {
  const there = await bridge();
  t.after(there.close);
  const { process: process_, exited } = host(t, ['--game', SNAKE, '--url', `ws://localhost:${there.port}`, '--resolve-every', '0.05', '--instances', '2']);
  const game = await there.game();
  assert.equal(game.request.headers.host, `127.0.0.1:${there.port}`);
  process_.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null]);
});

const REFUSED = [
  ['an unknown flag', ['--frobnicate'], /^stepwire-host: Unknown option '--frobnicate'/],
  ['a module that is not there', ['--game', 'missing.js', '--url', 'ws://127.0.0.1:1'], /^stepwire-host: --game missing.js: .*Cannot find module/],
  ['a module that is no game', ['--game', at('examples/snake/picture.js'), '--url', 'ws://127.0.0.1:1'], /the default export must be a game/],
];

for (const [what, words, message] of REFUSED) {
  test(`${what} is one line and exit code 2`, async (t) => {
    const { errors, exited } = host(t, words);
    assert.deepEqual(await exited, [2, null]);
    assert.equal(errors.length, 1, errors.join('\n'));
    assert.match(errors[0], message);
  });
}
