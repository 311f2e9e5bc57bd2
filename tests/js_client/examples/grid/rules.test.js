import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun, drawn, isCaught, isOutOfTime, moved, MOST_TURNS } from '../../../../js_client/examples/grid/rules.js';

const after = (actions, grid = begun()) => actions.reduce(moved, grid);

for (const [action, name, place] of [[0, 'up', [2, 1]], [1, 'down', [2, 3]], [2, 'left', [1, 2]], [3, 'right', [3, 2]]]) {
  test(`${action} is a step ${name}`, () => assert.deepEqual(moved(begun(), action).player, place));
}

test('what is no action is a turn without a step', () => {
  for (const action of [4, -1, 1.5, null, undefined, 'up', '__proto__']) {
    const { player, turns } = moved(begun(), action);
    assert.deepEqual([player, turns], [[2, 2], 1]);
  }
});

test('nobody leaves the grid', () => {
  assert.deepEqual(after(Array(8).fill(0)).player, [2, 0]);
  assert.deepEqual(after(Array(8).fill(2)).player, [0, 2]);
});

test('the enemy comes nearer after every second turn, along the longer way', () => {
  assert.deepEqual(after([0]).enemy, [7, 7]);
  assert.deepEqual(after([0, 0]).enemy, [7, 6]);
  assert.deepEqual(after([2, 2]).enemy, [6, 7]);
});

test('a player who stands still is caught, and then nothing moves any more', () => {
  let grid = begun();
  while (!isCaught(grid)) grid = moved(grid, 4);
  assert.deepEqual([grid.enemy, grid.turns], [[2, 2], 20]);
  assert.equal(moved(grid, 0), grid);
});

test('who runs into the enemy is caught', () => {
  assert.ok(isCaught(moved({ player: [2, 2], enemy: [3, 2], turns: 1 }, 3)));
});

test('who keeps away as far as may be gets away until time is up', () => {
  const distance = ({ player, enemy }) => Math.abs(player[0] - enemy[0]) + Math.abs(player[1] - enemy[1]);
  let grid = begun();
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const next = [0, 1, 2, 3].map((action) => moved(grid, action));
    grid = next.reduce((best, other) => (distance(other) > distance(best) ? other : best));
  }
  assert.deepEqual([isCaught(grid), isOutOfTime(grid)], [false, true]);
  assert.equal(moved(grid, 0), grid);
});

test('a turn does not change the grid that it begins with', () => {
  const grid = begun();
  moved(grid, 3);
  assert.deepEqual(grid, begun());
});

test('the picture shows both', () => {
  const lines = drawn(begun()).split('\n');
  assert.deepEqual(lines.map((line) => line.length), Array(10).fill(10));
  assert.deepEqual([lines[2][2], lines[7][7], lines.join('').replaceAll('.', '')], ['P', 'E', 'PE']);
});
