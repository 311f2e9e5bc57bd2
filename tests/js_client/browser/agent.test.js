/**
 * What pages import besides games: an agent, and the game's side of WemiEnv.
 */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { gymieServer } from '../agent/server.js';
import { bridge } from '../bridge.js';
import { pages } from './chromium.js';

const open = await pages(after);

/** Plays an episode of CartPole in the page; gives its length, or the error. */
const PLAY = async ([address, options]) => {
  const { Gymie } = await import('/agent/index.js');
  const gymie = new Gymie();
  try {
    await gymie.connect(address, options);
    const env = await gymie.make('CartPole-v1', 3);
    let state = await env.reset();
    let length = 0;
    for (let done = false; !done; length += 1) [state, , done] = await env.step(state[2] > 0 ? 1 : 0);
    return length;
  } catch (error) {
    return `${error.name}: ${error.message}`;
  } finally {
    await gymie.close();
  }
};

test('an agent in a page plays what an agent in Node does, in both protocols', async (t) => {
  const page = await open(t, 'snake/');
  const address = await gymieServer(t.after.bind(t), '--allowed-origins', new URL(page.url()).origin);
  const lengths = [await page.evaluate(PLAY, [address, {}]), await page.evaluate(PLAY, [address, { classic: true }])];
  assert.equal(typeof lengths[0], 'number');
  assert.equal(lengths[1], lengths[0]);
});

test('a page of the games\' side of WemiEnv imports it as a module', async (t) => {
  const there = await bridge();
  t.after(there.close);
  const page = await open(t, 'snake/');
  await page.evaluate(async (url) => {
    const interact = await import('/compat/interact.mjs');
    interact.openSocket({ restart() {}, act() {}, observe: () => ({ obs: [document.title.length], reward: 1, done: false }) });
    interact.connectSocket(url);
  }, `${there.url}/wemi/page`);
  const python = await there.caller();
  assert.equal(python.request.url, '/wemi/page');
  const { obs, reward, done } = await python.ask({ action: null, restart: true });
  assert.deepEqual([obs, reward, done], [[(await page.title()).length], 1, false]);
});
