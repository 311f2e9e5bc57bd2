/**
 * A game that speaks WemiEnv's messages: its rules, its Node program, and the mini-game in the host, which answer alike.
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { loadDescribed } from '../../../../js_client/host/load.js';
import { serveByMessages } from '../../../../js_client/host/message-clock.js';
import { random } from '../../../../js_client/src/index.js';
import { bridge } from '../../bridge.js';
import { quiet } from '../../quiet.js';

const FOLDER = fileURLToPath(new URL('../../../../js_client/examples/merge/', import.meta.url));
const { canMove, fresh, slide } = createRequire(import.meta.url)(`${FOLDER}board.js`);

const RESTART = { action: 5, restart: true };
const step = (action) => ({ action, restart: false });
const BEGINNING = [[0, 0, 0, 0], [0, 0, 0, 0], [0, 2, 0, 0], [0, 0, 0, 2]];

for (const [direction, cells, after, gained] of [
  [0, [2, 2, 2, 2], [4, 4, 0, 0], 8], [1, [2, 2, 2, 0], [0, 0, 2, 4], 4], [0, [4, 2, 2, 0], [4, 4, 0, 0], 4], [1, [0, 0, 0, 2], [0, 0, 0, 2], 0],
]) {
  test(`${cells} pushed to the ${direction === 0 ? 'left' : 'right'} is ${after}`, () => {
    const board = { state: 1, cells: [[...cells], [8, 16, 8, 16], [16, 8, 16, 8], [8, 16, 8, 16]] };
    assert.equal(slide(board, direction), gained);
    // A new tile takes a free place, where something has moved.
    assert.deepEqual(board.cells[0].map((tile, x) => (after[x] === 0 ? 0 : tile)), after);
    assert.equal(board.cells[0].filter(Boolean).length, after.filter(Boolean).length + Number(String(cells) !== String(after)));
  });
}

for (const move of [0, 4, -1, 1.5, null, '1']) {
  test(`the move ${JSON.stringify(move)}, which moves nothing, inserts nothing and brings nothing`, () => {
    const cells = [[2, 0, 0, 0], [4, 2, 0, 0], [0, 0, 0, 0], [2, 4, 2, 0]];
    const board = { state: 1, cells: structuredClone(cells) };
    assert.equal(slide(board, move), 0);
    assert.deepEqual(board.cells, cells);
  });
}

test('a full board without equal neighbours is the end', () => {
  const cells = [[2, 4, 2, 4], [4, 2, 4, 2], [2, 4, 2, 4], [4, 2, 4, 2]];
  assert.equal(canMove({ cells }), false);
  assert.equal(canMove({ cells: [[2, 2, 4, 8], ...cells.slice(1)] }), true);
});

/** The Node program, connected to a bridge that is given back. */
async function dialling(t) {
  const there = await bridge();
  const game = spawn(process.execPath, [`${FOLDER}dial.js`, `${there.url}/wemi/Game2048`], { stdio: 'ignore' });
  t.after(async () => {
    game.kill();
    await once(game, 'exit');
    await there.close();
  });
  return there.caller();
}

/** The mini-game in the host. */
async function hosted(t) {
  const there = await bridge();
  const { description, makeGame } = await loadDescribed(FOLDER);
  const serving = serveByMessages({ makeGame, description, url: there.url, log: quiet });
  t.after(async () => {
    await serving.close();
    await there.close();
  });
  return there.caller();
}

test('the Node program dials what it is told, and its restart is answered as WemiEnv\'s game does', async (t) => {
  const python = await dialling(t);
  assert.equal(python.request.url, '/wemi/Game2048');
  const { send_time, ...answer } = await python.ask(RESTART);
  assert.deepEqual(answer, { done: false, reward: -10, obs: BEGINNING });
  assert.equal(typeof send_time, 'number');
  assert.deepEqual((await python.ask(step(0))).obs[3], [2, 0, 2, 0]);
  assert.deepEqual((await python.ask({ action: 0, restart: true })).obs, BEGINNING);
});

test('program and mini-game play the same, to the end, and rewards are what was merged', async (t) => {
  const [program, miniGame] = await Promise.all([dialling(t), hosted(t)]);
  const draws = random(3);
  const board = fresh();
  let message = RESTART;
  for (let over = false; !over;) {
    const [one, other] = await Promise.all([program.ask(message), miniGame.ask(message)]);
    const gained = message === RESTART ? -10 : slide(board, message.action);
    over = !canMove(board);
    for (const { obs, reward, done } of [one, other]) assert.deepEqual([obs, reward, done], [board.cells, gained, over]);
    message = step(draws.integer(4));
  }
});
