/**
 * What must hold for every example game, as tests.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { open, play } from './playing.js';

/**
 * @param {string} name of a game
 * @param {object} [expected]
 * @param {(draws: any, observation: any) => any} [expected.act] a policy that gains something and comes to an end
 * @param {number} [expected.score] that it reaches at least once
 * @param {RegExp} [expected.known] what the host tells of and need not worry anybody
 * @param {number} [expected.errors] of the game's own that an episode may have, in any browser
 */
export function testGame(name, { act, score = 1, known, errors = 0 } = {}) {
  test(`${name} runs for 1,000 steps, and nothing is wrong or missing`, async () => {
    const { problems } = await play(await open(name, { limits: { errors } }), { seed: 1 });
    assert.deepEqual(problems.filter((problem) => !known?.test(problem)), []);
  });

  test(`in ${name} points can be made, and episodes end`, async () => {
    const { best, rewards } = await play(await open(name), { seed: 2, steps: 3000, act });
    assert.ok(best >= score, `the best of ${rewards.length} episodes made ${best}`);
    assert.ok(rewards.length >= 1);
  });

  test(`${name} is the same game for the same seed, and another one for another seed`, async () => {
    const [once, again, other] = await Promise.all([5, 5, 6].map(async (seed) => play(await open(name), { seed, steps: 300 })));
    assert.equal(again.hash, once.hash);
    assert.notEqual(other.hash, once.hash);
  });

  test(`${name} begins anew when an instance is reset in the middle`, async () => {
    const game = await open(name);
    const fresh = await play(game, { seed: 7, steps: 200 });
    await play(game, { seed: 8, steps: 77 });
    assert.equal((await play(game, { seed: 7, steps: 200 })).hash, fresh.hash);
  });

  test(`instances of ${name} beside each other do not disturb each other`, async () => {
    const alone = await play(await open(name), { seed: 9, steps: 200 });
    const [one, two] = [await open(name), await open(name)];
    const together = await Promise.all([play(one, { seed: 9, steps: 200 }), play(two, { seed: 10, steps: 200 })]);
    assert.equal(together[0].hash, alone.hash);
  });
}

/** For games that offer a restart of their own. @param {string} name */
export function testSoftReset(name) {
  test(`${name} restarted by itself plays what a fresh one plays`, async () => {
    const soft = await open(name, { episode: { reset: 'soft' } });
    await play(soft, { seed: 11, steps: 150 });
    const [softly, afresh] = [await play(soft, { seed: 12, steps: 300 }), await play(await open(name), { seed: 12, steps: 300 })];
    assert.deepEqual(softly.rewards, afresh.rewards);
    assert.equal(softly.hash, afresh.hash);
  });
}

/** For games that draw. @param {string} name @param {number} [steps] */
export function testDrawing(name, steps = 200) {
  test(`${name} is the same game with real pictures and without`, async () => {
    const [blind, drawn] = [await open(name), await open(name, { screen: { canvas: 'real' } })];
    const without = await play(blind, { seed: 13, steps });
    assert.equal((await play(drawn, { seed: 13, steps })).hash, without.hash);
  });
}
