import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { queue } from '../../bridge.js';
import { FOLDER, started } from './programs.js';

/** The address that the program says it listens at. */
async function listening(t, ...options) {
  const said = await started(t, 'listen.js', '0', ...options).line();
  return /^listening at (ws:\/\/127\.0\.0\.1:\d+)$/.exec(said)[1];
}

/** A trainer that is connected. */
async function trainer(t, url) {
  const socket = new WebSocket(url);
  const heard = queue();
  socket.onmessage = ({ data }) => heard.put(JSON.parse(data));
  await once(socket, 'open');
  t.after(() => socket.close());
  return {
    socket,
    ask(message) {
      socket.send(JSON.stringify(message));
      return heard.take();
    },
  };
}

test('whoever dials has a game of their own', async (t) => {
  const url = await listening(t);
  const [one, other] = [await trainer(t, url), await trainer(t, url)];
  assert.deepEqual((await one.ask({ type: 'step', action: 3 })).observation.player_pos, [3, 2]);
  assert.deepEqual((await other.ask({ type: 'step', action: 2 })).observation.player_pos, [1, 2]);
});

test('it answers with types and frames where told so', async (t) => {
  const { ask } = await trainer(t, await listening(t, '--typed', '--frames'));
  assert.equal((await ask({ type: 'reset' })).type, 'reset');
  assert.equal((await ask({ type: 'render' })).type, 'frame');
});

test('nonsense does not end it, and too much ends that connection alone', async (t) => {
  const url = await listening(t);
  const [bad, good] = [await trainer(t, url), await trainer(t, url)];
  bad.socket.send('nonsense');
  bad.socket.send(Uint8Array.of(1, 2));
  assert.deepEqual((await bad.ask({ type: 'reset' })).observation.player_pos, [2, 2]);
  bad.socket.send('x'.repeat(5000));
  const { code } = await new Promise((resolve) => { bad.socket.onclose = resolve; });
  assert.equal(code, 1009);
  assert.deepEqual((await good.ask({ type: 'reset' })).observation.player_pos, [2, 2]);
});

test('a port that is taken, and a package that is missing, are told in a line', async (t) => {
  const { port } = new URL(await listening(t));
  const taken = spawnSync(process.execPath, [join(FOLDER, 'listen.js'), port], { encoding: 'utf8' });
  assert.equal(taken.status, 2);
  assert.match(taken.stderr, /^cannot listen at 127\.0\.0\.1:\d+: .*EADDRINUSE/);
  const elsewhere = mkdtempSync(join(tmpdir(), 'stepwire-'));
  cpSync(FOLDER, elsewhere, { recursive: true });
  cpSync(join(FOLDER, '../../package.json'), join(elsewhere, 'package.json'));
  const missing = spawnSync(process.execPath, [join(elsewhere, 'listen.js'), '0'], { encoding: 'utf8' });
  assert.deepEqual([missing.status, missing.stderr], [2, 'this needs the package ws: npm install ws\n']);
});
