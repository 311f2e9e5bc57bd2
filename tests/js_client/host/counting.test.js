import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { counted } from '../../../js_client/host/counting.js';
import { statistics } from '../../../js_client/host/statistics.js';

beforeEach(() => Object.assign(statistics, { steps: 0, episodes: 0, faults: 0 }));

const now = () => [statistics.steps, statistics.episodes, statistics.faults];

class Counter {
  #count = 0;

  name = 'counter';

  observationSpace = { type: 'Discrete', n: 9 };

  actionSpace = { type: 'Discrete', n: 2 };

  reset() {
    this.#count = 0;
    return 0;
  }

  step(action) {
    if (action === 'bad') throw new Error('bad');
    if (action === 'late') return Promise.reject(new Error('late'));
    this.#count += 1;
    return { observation: this.#count, reward: 0, terminated: false };
  }

  render() {
    return `${this.#count}`;
  }
}

test('steps and episodes are counted, and the game is what it was', () => {
  const game = counted(() => new Counter())();
  assert.equal(game.reset({ seed: 1, options: {} }), 0);
  assert.equal(game.step(0).observation, 1);
  assert.equal(game.step(0).observation, 2);
  assert.equal(game.render({ mode: 'ansi' }), '2');
  assert.equal(game.name, 'counter');
  assert.deepEqual(now(), [2, 1, 0]);
});

test('a fault is counted, whether it comes now or later', async () => {
  const game = counted(new Counter());
  assert.throws(() => game.step('bad'), /bad/);
  await assert.rejects(game.step('late'), /late/);
  assert.deepEqual(now(), [2, 0, 2]);
});

test('what is no game is left for whoever serves it to refuse', () => {
  const lacking = { reset: () => 0 };
  assert.equal(counted(() => lacking)(), lacking);
  assert.equal(counted(() => undefined)(), undefined);
});

test('a game without pictures stays one', () => {
  const { render } = counted({ ...new Counter(), reset: () => 0, step: () => 0, render: undefined });
  assert.equal(render, undefined);
});
