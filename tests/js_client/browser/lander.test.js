import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import lander from '../../../js_client/examples/lander/game.js';
import { COLOURS } from '../../../js_client/examples/lander/picture.js';
import { bridge } from '../bridge.js';
import { pages, says, shows } from './chromium.js';

const open = await pages(after);

test('a person flies with the keys: the engine burns while its key is down, and no longer', async (t) => {
  const page = await open(t, 'lander/');
  await shows(page, COLOURS.hull);
  await says(page, 'status', /Arrow keys/);
  await page.keyboard.down('ArrowUp');
  await shows(page, COLOURS.flame);
  await page.keyboard.up('ArrowUp');
  await says(page, 'status', /^(Landed|Crashed)\./);
  await says(page, 'flights', /^1$/);
  await page.keyboard.press('Enter');
  await says(page, 'status', /Arrow keys/);
});

test('a person flies with a finger on the buttons', async (t) => {
  const page = await open(t, 'lander/', { hasTouch: true, isMobile: true });
  const button = page.locator('#engine');
  const box = await button.boundingBox();
  const touch = await page.context().newCDPSession(page);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: box.x + 5, y: box.y + 5 }] });
  await shows(page, COLOURS.flame);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await says(page, 'status', /^(Landed|Crashed)\./);
  await page.locator('#board').tap();
  await says(page, 'status', /Arrow keys/);
});

test('a tab is a full environment with a Dict observation, and flies exactly as Node does', async (t) => {
  const there = await bridge();
  t.after(there.close);
  const page = await open(t, `lander/?serve=${there.url}`);
  const game = await there.game();
  const own = lander();
  const batch = (observation) => Object.fromEntries(Object.entries(observation).map(([key, value]) => [key, [value]]));
  const begun = await game.ask({ type: 'reset', id: 0, instances: [0], seeds: [7] });
  assert.deepEqual(begun.observations, batch(own.reset({ seed: 7, options: {} }).observation));
  for (let id = 1; id <= 200; id += 1) {
    const action = [Math.fround(Math.sin(id)), Math.fround(Math.cos(id / 3))];
    const state = await game.ask({ type: 'step', id, instances: [0], actions: [action] });
    const expected = own.step(action);
    assert.deepEqual([state.observations, state.rewards], [batch(expected.observation), [expected.reward]]);
    if (expected.terminated) break;
  }
  await shows(page, COLOURS.hull);
});
