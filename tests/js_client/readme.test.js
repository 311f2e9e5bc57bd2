import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { bridge } from './bridge.js';

const README = readFileSync(new URL('../../js_client/README.md', import.meta.url), 'utf8');
const PACKAGE = new URL('../../js_client/src/index.js', import.meta.url);

test('the game of the README is an environment', async (t) => {
  const there = await bridge();
  t.after(there.close);
  const [, code] = /```js\n(.*?)```/s.exec(README);
  const file = join(mkdtempSync(join(tmpdir(), 'stepwire-')), 'readme.mjs');
  writeFileSync(file, `${code.replace("'stepwire'", `'${PACKAGE}'`).replace('ws://127.0.0.1:7891', there.url)}\nexport { served };`);
  const module = import(pathToFileURL(file));
  const game = await there.game();
  const { served } = await module;
  t.after(() => served.close());
  const all = [...Array(8).keys()];
  const begun = await game.ask({ type: 'reset', id: 1, instances: all, seeds: all });
  const state = await game.ask({ type: 'step', id: 2, instances: all, actions: all.map(() => 1) });
  assert.deepEqual(state.observations, begun.observations.map(([position]) => [position + 1]));
});
