/**
 * Three instances beside each other, of which the second does harm: a program that prints what they answered.
 *
 *     node --experimental-vm-modules harmed.js 'for (;;);'
 */

import { setImmediate } from 'node:timers/promises';

import { guardOf } from '../../../../js_client/host/vm/guard.js';
import { hostedGame } from '../../../../js_client/host/hosted.js';
import { reportRejection } from '../../../../js_client/host/vm/realm.js';
import { performer } from '../../../../js_client/src/instances.js';
import { describedGame } from '../games.js';

process.on('unhandledRejection', (reason, promise) => {
  if (!reportRejection(reason, promise)) throw reason;
});

const limits = { step_seconds: 0.2, reset_seconds: 0.4, errors: 3 };
const described = describedGame({ 'index.js': 'globalThis.n = 0;' }, {
  limits, observation: { read: '[n]' },
  action: { space: { type: 'Discrete', n: 2, start: 0, dtype: 'int64' }, run: `n += 1; if (action === 1) { ${process.argv[2]} }` },
});
const perform = performer([0, 1, 2].map(() => hostedGame(described)), () => {}, guardOf(limits, 3));

/** @param {Record<string, any>} request */
async function ask(request) {
  const sent = [];
  perform({ id: 1, instances: [0, 1, 2], ...request }, (answer) => sent.push(answer));
  await setImmediate();
  return sent;
}

/** What the instances are, by their numbers. */
function seen(answers) {
  const values = [];
  for (const { type, instances, observations } of answers) {
    if (type === 'state') instances.forEach((instance, i) => { values[instance] = observations.data[i]; });
  }
  return values;
}

await ask({ type: 'reset', seeds: [1, 2, 3] });
const [faults, others] = [[], []];
for (let i = 0; i < 6; i += 1) {
  const answers = await ask({ type: 'step', actions: [0, i === 0 ? 1 : 0, 0] });
  for (const { type, instances, message } of answers) if (type === 'fault') faults.push({ instances, message });
  const values = seen(answers);
  others.push([values[0], values[2]]);
}
await ask({ type: 'reset', instances: [1], seeds: [4] });
const after = seen(await ask({ type: 'step', actions: [0, 0, 0] }));
console.log(JSON.stringify({ faults: faults.filter(({ message }) => !message.includes('has to be reset')), others, after }));
