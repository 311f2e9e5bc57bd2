import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hostedGame } from '../../../js_client/host/hosted.js';
import { statistics } from '../../../js_client/host/statistics.js';
import { describedGame } from './games.js';

const DRAWING = { 'index.js': 'globalThis.begin = () => { globalThis.n = Math.random(); }; begin(); globalThis.life = Math.random();' };
const READ = { observation: { read: '[n, globalThis.life]' }, episode: { restart: 'begin()' } };
const first = (game, seed) => [...game.reset({ seed, options: {} }).observation];

test('a seed means an episode; without one the next of its stream comes', () => {
  const [one, two] = [1, 2].map(() => hostedGame(describedGame(DRAWING, READ)));
  const played = [first(one, 5), first(one, null), first(one, null)];
  assert.deepEqual([first(two, 5), first(two, null), first(two, null)], played);
  assert.equal(new Set(played.map(String)).size, 3);
  assert.deepEqual(first(one, 5), played[0]);
});

test('instances that nobody seeded play differently', () => {
  const described = describedGame(DRAWING, READ);
  assert.notDeepEqual(first(hostedGame(described), null), first(hostedGame(described), null));
});

test('a soft reset keeps the realm and restarts the game', () => {
  const game = hostedGame(describedGame(DRAWING, { ...READ, episode: { ...READ.episode, reset: 'soft' } }));
  const [hard, soft] = [first(game, 1), first(game, 2)];
  assert.equal(soft[1], hard[1]);
  assert.notEqual(soft[0], hard[0]);
});

test('after a fault even a soft reset begins in a fresh realm', () => {
  const described = describedGame(DRAWING, { ...READ, episode: { restart: 'begin()', reset: 'soft' }, action: { space: { type: 'Discrete', n: 2 }, run: 'if (action) oh();' } });
  const game = hostedGame(described);
  const before = first(game, 1);
  assert.throws(() => game.step(1), { code: 'GAME_ERROR', message: /action\.run: ReferenceError: oh is not defined/ });
  assert.throws(() => game.step(0), { message: /has to be reset first/ });
  assert.notEqual(first(game, 2)[1], before[1]);
});

test('steps, episodes and faults are counted', () => {
  const before = { ...statistics };
  const game = hostedGame(describedGame({ 'index.js': '' }, { action: { space: { type: 'Discrete', n: 2 }, run: 'if (action) oh();' } }));
  game.reset({ seed: 1, options: {} });
  game.step(0);
  assert.throws(() => game.step(1));
  assert.deepEqual({ steps: statistics.steps - before.steps, episodes: statistics.episodes - before.episodes, faults: statistics.faults - before.faults }, { steps: 2, episodes: 1, faults: 1 });
});

test('its spaces are the description’s, or those of the pixels', () => {
  const game = hostedGame(describedGame({ 'index.js': '' }));
  assert.deepEqual([game.name, game.observationSpace.shape, game.actionSpace.n, game.metadata.render_fps], ['game', [1], 2, 60]);
  const { observationSpace } = hostedGame(describedGame({ 'index.js': '' }, { observation: { pixels: { width: 84, height: 80, grey: true } } }));
  assert.deepEqual(observationSpace, { type: 'Box', low: 0, high: 255, shape: [80, 84, 1], dtype: 'uint8' });
});
