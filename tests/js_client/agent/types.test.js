import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../../../js_client/', import.meta.url));
const TSC = join(PACKAGE, 'node_modules/typescript/bin/tsc');

const compiled = (...options) => spawnSync(process.execPath, [TSC, ...options], { encoding: 'utf8', cwd: PACKAGE });

/** In the way of the old client's guide: what is a number there is a number here. */
const AGENT = `
import Gymie, { Env, RequestFailed } from './agent/index.js';
import type { Action, Continuous, Discrete, Done, Info, MultiBinary, Reward, State, Step } from './agent/index.js';

export async function play(gymie: Gymie): Promise<number> {
  const env: Env<Continuous, Discrete> = await gymie.make<Continuous, Discrete>('LunarLander-v2', 7);
  const n: number = (await env.actionSpace()).n;
  const low: number[] = (await env.observationSpace()).low;
  const state: State<Continuous> = await env.reset();
  const first: number = state[0];
  const action: Action<Discrete> = await env.actionSample();
  const step: Step<Continuous> = await env.step(action);
  const [next, reward, done, info]: [number[], Reward, Done, Info] = step;
  const isOver: boolean = step.terminated || step.truncated || done;
  const lamps = await gymie.make<MultiBinary, MultiBinary>('Lamps-v0', { kwargs: { side: 3 } });
  const bits: number[] = await lamps.reset({ seed: 1 });
  const other = await gymie.make('CartPole-v1');
  await other.step(Float32Array.of(1));
  return n + low.length + first + next.length + reward + bits.length + Number(isOver) + Object.keys(info).length;
}
export const reason = (error: RequestFailed): string => error.reason;
`;

test('an agent in TypeScript is typed as with the old client', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'stepwire-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const declared = compiled('-p', 'tsconfig.types.json', '--outDir', folder);
  assert.equal(declared.stdout, '');
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  const check = (text) => {
    writeFileSync(join(folder, 'agent.ts'), text);
    return compiled('--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom', '--ignoreConfig', join(folder, 'agent.ts')).stdout;
  };
  assert.equal(check(AGENT), '');
  assert.match(check(AGENT.replace("const n: number = (await env.actionSpace()).n", "const n: number = (await env.actionSpace()).low")), /error TS2339/);
});
