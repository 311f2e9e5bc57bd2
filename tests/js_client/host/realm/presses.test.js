import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createPresses } from '../../../../js_client/host/realm/presses.js';

/** Presses of inputs as a description has them; every event is kept, with `|` for each frame. */
function pressing() {
  const told = [];
  const inputs = {
    key: (type, key) => told.push(`${key} ${type}`),
    touch: (type, points) => told.push(`${type} ${points.map(({ x, y, id }) => `${id}:${x},${y}`).join(' ')}`),
    mouse: (type, { x, y }, button) => told.push(`mouse ${type} ${x},${y} ${button}`),
  };
  const evaluate = (text) => new Function('action', `return (${text});`);
  const presses = createPresses({ inputs }, { expression: evaluate, statements: (text) => () => told.push(`run ${text}`) });
  const step = (given, action = 0, frames = 2) => {
    told.length = 0;
    presses.begin([given].flat().map((input) => presses.resolver(input, 'input')(action)), action);
    for (let i = 1; i <= frames; i += 1) {
      told.push('|');
      presses.move(i / frames);
    }
    presses.end();
    return told.join(' · ');
  };
  return { step };
}

const STEPS = [
  ['nothing', {}, '| · |'],
  ['a key', { keys: ['ArrowLeft'] }, 'ArrowLeft down · | · | · ArrowLeft up'],
  ['two keys', { keys: ['a', 'b'] }, 'a down · b down · | · | · a up · b up'],
  ['a touch', { touch: [5, 6] }, 'start 0:5,6 · | · | · end 0:5,6'],
  ['two touches', { touch: [[1, 2], [3, 4]] }, 'start 0:1,2 1:3,4 · | · | · end 0:1,2 1:3,4'],
  ['a swipe', { touch: [0, 0], to: [10, 20] }, 'start 0:0,0 · | · move 0:5,10 · | · move 0:10,20 · end 0:10,20'],
  ['the mouse', { mouse: [7, 8], button: 2 }, 'mouse move 7,8 0 · mouse down 7,8 2 · | · | · mouse up 7,8 2'],
  ['statements', { run: 'go()' }, 'run go() · | · |'],
  ['places that depend on the action', { touch: ['10 * action', 3] }, 'start 0:20,3 · | · | · end 0:20,3'],
];
for (const [what, input, expected] of STEPS) {
  test(`${what} in a step`, () => assert.equal(pressing().step(input, 2), expected));
}

test('a held key stays down while it is chosen again', () => {
  const { step } = pressing();
  const held = { keys: ['a'], hold: true };
  assert.deepEqual([step(held), step(held), step({ keys: ['b'], hold: true }), step({})], ['a down · | · |', '| · |', 'a up · b down · | · |', 'b up · | · |']);
});

test('a held finger moves, and is lifted by a step without it', () => {
  const { step } = pressing();
  assert.deepEqual([
    step({ touch: [1, 1], hold: true }), step({ touch: [2, 1], hold: true }), step({}),
  ], ['start 0:1,1 · | · |', 'move 0:2,1 · | · |', 'end 0:2,1 · | · |']);
});

test('several inputs of a step share their keys and touches', () => {
  assert.equal(pressing().step([{ keys: ['a'] }, { keys: ['a', 'b'] }, { touch: [1, 1] }]), 'a down · b down · start 0:1,1 · | · | · a up · b up · end 0:1,1');
});

test('a place that is no number is refused by name', () => {
  assert.throws(() => pressing().step({ touch: ['undefined', 0] }), /input\.touch\[0\]: expected a number, got undefined/);
});
