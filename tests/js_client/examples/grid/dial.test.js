import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bridge } from '../../bridge.js';
import { started } from './programs.js';

const OBSERVATION = { player_pos: [2, 2], enemy_pos: [7, 7] };

test('the program dials, answers each message once, and draws for who watches', async (t) => {
  const there = await bridge();
  t.after(there.close);
  const program = started(t, 'dial.js', `${there.url}/wescale/grid`);
  const trainer = await there.caller();
  assert.equal(trainer.request.url, '/wescale/grid');
  assert.match(await program.line(), /^connected to ws:/);
  assert.deepEqual(await trainer.ask({ type: 'reset' }), { observation: OBSERVATION });
  trainer.say({ type: 'render' });
  assert.equal(await program.line(), '..........');
  const { reward } = await trainer.ask({ type: 'step', action: 1 });
  assert.equal(reward, 1);
});

test('it answers with types and frames where told so', async (t) => {
  const there = await bridge();
  t.after(there.close);
  started(t, 'dial.js', there.url, '--typed', '--frames');
  const trainer = await there.caller();
  assert.deepEqual(await trainer.ask({ type: 'reset' }), { type: 'reset', observation: OBSERVATION });
  assert.equal((await trainer.ask({ type: 'render' })).type, 'frame');
});

test('it dials again when the connection ends, with a fresh game', async (t) => {
  const there = await bridge();
  t.after(there.close);
  started(t, 'dial.js', there.url);
  const first = await there.caller();
  await first.ask({ type: 'step', action: 1 });
  first.socket.terminate();
  const again = await there.caller();
  assert.deepEqual((await again.ask({ type: 'step', action: 3 })).observation.player_pos, [3, 2]);
});

test('it waits for a bridge that is not there yet', async (t) => {
  const { port, close } = await bridge();
  await close();
  const program = started(t, 'dial.js', `ws://127.0.0.1:${port}`);
  assert.match(await program.line(), /^not connected to ws:/);
  const there = await bridge({ port });
  t.after(there.close);
  const trainer = await there.caller();
  assert.deepEqual(await trainer.ask({ type: 'reset' }), { observation: OBSERVATION });
});
