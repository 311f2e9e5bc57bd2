import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun } from '../games.js';

/** A game that counts its frames, and what was pressed. */
const COUNTING = {
  'index.js': `globalThis.frames = 0; globalThis.pressed = [];
    const loop = () => { frames += 1; requestAnimationFrame(loop); }; requestAnimationFrame(loop);
    process.stdin.on('keypress', (_, { name }) => pressed.push(name));`,
};

test('a step is so many frames, and reads what is so after the last', () => {
  const { game, observation } = begun(COUNTING, { time: { frame_skip: 4 }, observation: { read: '[frames]' } });
  assert.deepEqual([...observation], [0]);
  assert.deepEqual([[...game.step(0).observation], [...game.step(0).observation]], [[4], [8]]);
});

test('start-up input is played before the first observation', () => {
  const { observation, info } = begun(COUNTING, {
    episode: { start: [{ frames: 30 }, { keys: ['Enter'] }, { until: 'frames >= 40' }, { run: 'pressed.push("run")' }] },
    observation: { read: '[frames]' }, info: { pressed: 'pressed.join()' },
  });
  assert.deepEqual([[...observation], info.pressed], [[41], 'return,run']);
});

test('a start that never comes is an error that says what was waited for', () => {
  assert.throws(() => begun(COUNTING, { episode: { start: [{ until: 'frames < 0', frames: 5 }] } }), /episode\.start\[0\]: still not so after 5 frames: frames < 0/);
});

test('a reward is what is read, or what it has grown by, times the scale', () => {
  const rewards = (reward) => {
    const { game } = begun(COUNTING, { time: { frame_skip: 2 }, reward: { read: 'frames * frames', ...reward } });
    return [game.step(0).reward, game.step(0).reward];
  };
  assert.deepEqual(rewards({}), [4, 16]);
  assert.deepEqual(rewards({ difference: true }), [4, 12]);
  assert.deepEqual(rewards({ difference: true, scale: 0.5 }), [2, 6]);
});

test('a reward that is no number is an error', () => {
  const { game } = begun(COUNTING, { reward: { read: '"much"' } });
  assert.throws(() => game.step(0), /reward\.read: expected a number, got much/);
});

test('an episode ends by an expression, or is truncated by one or by its number of steps', () => {
  const ends = (episode) => {
    const { game } = begun(COUNTING, { episode });
    return [1, 2, 3].map(() => { const { terminated, truncated } = game.step(0); return `${terminated},${truncated}`; });
  };
  assert.deepEqual(ends({ terminated: 'frames === 2' }), ['false,false', 'true,false', 'false,false']);
  assert.deepEqual(ends({ truncated: 'frames === 2' }), ['false,false', 'false,true', 'false,false']);
  assert.deepEqual(ends({ max_steps: 3, terminated: 'frames === 3' }), ['false,false', 'false,false', 'true,false']);
  assert.deepEqual(ends({ max_steps: 2 }), ['false,false', 'false,true', 'false,true']);
});

test('the first info tells what was missing, later ones do not', () => {
  const { game, info } = begun({ 'index.js': 'try { require("./none"); } catch {} setTimeout(() => { throw new Error("late"); }, 1);' }, {
    info: { one: '1' }, episode: { start: [{ frames: 1 }] },
  });
  assert.deepEqual(Object.keys(info.fidelity), ['errors', 'missing_files']);
  assert.match(info.fidelity.errors[0], /^Error: late \(\/index\.js:1:\d+\)$/);
  assert.deepEqual({ ...game.step(0).info }, { one: 1 });
});

test('the last step of an episode tells what has come since', () => {
  const { game, info } = begun({ 'index.js': 'setTimeout(() => { throw new Error("late"); }, 20);' }, { episode: { max_steps: 3 } });
  assert.equal(info.fidelity, undefined);
  assert.deepEqual([game.step(0), game.step(0)].map((step) => step.info.fidelity), [undefined, undefined]);
  assert.match(game.step(0).info.fidelity.errors[0], /^Error: late/);
  assert.equal(game.step(0).info.fidelity, undefined);
});

test('a restart is the game’s own, with random numbers of its seed and no old errors', () => {
  const { game } = begun({ 'index.js': 'globalThis.begin = () => { globalThis.drawn = Math.random(); }; begin();' }, {
    episode: { restart: 'begin()' }, observation: { read: '[drawn]' },
  });
  const [a, b, c] = [5, 6, 5].map((seed) => game.restart(seed).observation[0]);
  assert.equal(a, c);
  assert.notEqual(a, b);
});
