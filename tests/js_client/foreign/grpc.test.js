import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';

import snake from '../../../js_client/examples/snake/game.js';
import { random, serve } from '../../../js_client/src/index.js';
import { quiet } from '../quiet.js';
import { client, elements, wholeNumbers } from './client.js';
import { service } from './service.js';

const { address, games } = await service(after);
const { call, makeOn, streamOf } = client(address, after);

test('a client made from the .proto files alone plays 20 episodes by unary calls', async () => {
  const { spaces, ask } = await makeOn({ env_id: 'gym:CartPole-v1' });
  assert.equal(spaces.action_space.kind, 'discrete');
  for (let episode = 0; episode < 20; episode += 1) {
    let { observation } = await ask('Reset', { seeds: [{ value: episode }] });
    let step;
    let worth = 0;
    do {
      const [, , pole] = elements(observation.tensor);
      step = await ask('Step', { action: { int64_value: pole > 0 ? 1 : 0 } });
      ({ observation } = step);
      worth += step.reward[step.reward.kind];
    } while (!step.terminated && !step.truncated);
    assert.ok(worth >= 8 && worth <= 200, `${worth}`);
  }
  await ask('Close');
});

test('it plays a batch of a JavaScript game over one stream, and gets what the game itself gives', async (t) => {
  const here = serve(snake, { url: games, instances: 4, log: quiet });
  t.after(() => here.close());
  await here.ready;
  const own = [0, 1, 2, 3].map(() => snake());
  const stream = streamOf();
  await stream.ask({ make: { env_id: 'game:snake', num_envs: 4, autoreset_mode: 'AUTORESET_MODE_SAME_STEP', make_key: randomBytes(16) } });
  const begun = await stream.ask({ reset: { seeds: [0, 1, 2, 3].map((value) => ({ value })) } });
  const seen = own.map((game, seed) => Buffer.from(game.reset({ seed, options: {} }).observation));
  assert.deepEqual(begun.observation.tensor, { dtype: 'DATA_TYPE_UINT8', shape: [4, 3, 10, 10], data: Buffer.concat(seen) });

  const draws = random(9);
  for (let k = 0; k < 100; k += 1) {
    const actions = own.map(() => draws.integer(4));
    const batch = await stream.ask({ step: { action: wholeNumbers(actions) } });
    const steps = own.map((game, i) => game.step(actions[i]));
    assert.deepEqual([...elements({ dtype: 'DATA_TYPE_FLOAT64', data: batch.rewards })], steps.map(({ reward }) => reward));
    assert.deepEqual([...batch.terminations].map(Boolean), steps.map(({ terminated }) => terminated));
    const after = own.map((game, i) => {
      const isOver = steps[i].terminated || steps[i].truncated;
      return Buffer.from((isOver ? game.reset({ seed: null, options: {} }) : steps[i]).observation);
    });
    assert.deepEqual(batch.observation.tensor.data, Buffer.concat(after));
  }
  await stream.ask({ close: {} });
  assert.equal(await stream.end(), true);
});

test('it branches on the reason of a fault, on a stream and off it', async () => {
  await assert.rejects(call('Make', { env_id: 'gym:NoSuchEnv-v0', make_key: randomBytes(16) }), { reason: 'UNKNOWN_ENV' });
  const stream = streamOf();
  await stream.ask({ make: { env_id: 'gym:CartPole-v1', make_key: randomBytes(16) } });
  await assert.rejects(stream.ask({ step: { action: { int64_value: 0 } } }), { reason: 'NOT_RESET' });
  await stream.ask({ reset: {} });
  await assert.rejects(stream.ask({ step: { action: { int64_value: 7 } } }), { reason: 'INVALID_ACTION' });
  await stream.ask({ close: {} });
  await stream.end();
});
