import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BadDescription, normalised } from '../../../../js_client/host/description/check.js';
import { table } from './described.js';

/** @param {any} changes */
function problems(changes) {
  try {
    normalised(table(changes));
    return [];
  } catch (error) {
    assert.ok(error instanceof BadDescription, error.stack);
    return error.message.split('\n');
  }
}

const discrete = (n) => ({ type: 'Discrete', n });
const box = { type: 'Box', low: -1, high: 1, shape: [2] };

const GOOD = {
  'inputs for each action': { action: { space: discrete(3), inputs: [{}, { touch: [0, 0] }, { mouse: [639, 479] }] } },
  'inputs for each bit': { action: { space: { type: 'MultiBinary', n: 2 } } },
  'lists of inputs for each number': { action: { space: { type: 'MultiDiscrete', nvec: [1, 2] }, inputs: [[{}], [{}, {}]] } },
  'one input with expressions': { action: { space: box, inputs: undefined, input: { touch: ['187 + 100 * action[0]', 600.5 - 200] } } },
  'statements alone': { action: { space: box, inputs: undefined, run: 'move(action)' } },
  'statements beside inputs': { action: { run: 'look(action)' } },
  'a swipe': { action: { inputs: [{}, { touch: [1, 2], to: [3, 4] }] } },
  'pixels of a real canvas': { screen: { canvas: 'real' }, observation: { space: undefined, read: undefined, pixels: {} } },
  'pixels of Chromium': { driver: 'chromium', observation: { space: undefined, read: undefined, pixels: {} } },
  'a soft reset with a restart': { episode: { reset: 'soft', restart: 'restart()' } },
  'a restart that nobody uses': { episode: { restart: 'restart()' } },
  'messages, with spaces alone': { action: { inputs: undefined }, observation: { read: undefined }, messages: {} },
};

for (const [what, changes] of Object.entries(GOOD)) {
  test(`${what}: in order`, () => assert.deepEqual(problems(changes), []));
}

const NO_MEANING = 'has no meaning beside messages: the game gets actions and tells results in its own protocol';

const BAD = [
  ['nothing that carries an action out', { action: { inputs: undefined } }, 'action: says nothing of how an action becomes input: inputs, input or run is needed'],
  ['input beside inputs', { action: { input: {} } }, 'action.input: stands beside inputs: one of them has to go'],
  ['too few inputs', { action: { space: discrete(3) } }, 'action.inputs: expected 3 for this Discrete, got 2'],
  ['too many bits', { action: { space: { type: 'MultiBinary', n: [1] } } }, 'action.inputs: expected 1 for this MultiBinary, got 2'],
  ['inputs for a Box', { action: { space: box } }, 'action.inputs: goes with a Discrete, a MultiBinary or a MultiDiscrete, and the space is a Box: use input or run'],
  ['a list for a Discrete', { action: { inputs: [{}, [{}]] } }, 'action.inputs[1]: expected an Input, got a list of 1'],
  ['no lists for a MultiDiscrete', { action: { space: { type: 'MultiDiscrete', nvec: [2, 2] } } }, 'action.inputs[0]: expected a list of Inputs, one for each value of that number, got an object with button, hold'],
  ['a short list', { action: { space: { type: 'MultiDiscrete', nvec: [1, 2] }, inputs: [[{}], [{}]] } }, 'action.inputs[1]: expected 2, as nvec says, got 1'],
  ['no observation', { observation: undefined }, 'observation: is missing: space and read, or pixels'],
  ['a space without read', { observation: { read: undefined } }, 'observation.read: is missing: an expression that gives an observation'],
  ['read without a space', { observation: { space: undefined } }, 'observation.space: is missing: where do the observations of read lie?'],
  ['pixels beside read', { screen: { canvas: 'real' }, observation: { space: undefined, pixels: {} } }, 'observation.pixels: stands beside read: an observation is pixels, or space and read'],
  ['pixels of nothing', { observation: { space: undefined, read: undefined, pixels: {} } }, 'observation.pixels: needs screen.canvas = "real", or driver = "chromium": nothing is drawn otherwise'],
  ['a soft reset without restart', { episode: { reset: 'soft' } }, 'episode.restart: is missing: reset = "soft" needs the game\'s own restart'],
  ['a touch beside the screen', { action: { inputs: [{}, { touch: [640, 1] }] } }, 'action.inputs[1].touch: lies outside the screen of 640 × 480: x is 640'],
  ['one touch of several', { action: { inputs: [{}, { touch: [[1, 1], [1, -1]] }] } }, 'action.inputs[1].touch[1]: lies outside the screen of 640 × 480: y is -1'],
  ['a touch beside a named screen', { screen: { height: 100 }, episode: { start: [{ mouse: [1, 100] }] } }, 'episode.start[0].mouse: lies outside the screen of 640 × 100: y is 100'],
  ['a swipe from nowhere', { action: { inputs: [{}, { to: [1, 1] }] } }, 'action.inputs[1].to: goes with touch or mouse, which say where it begins'],
  ['a swipe of too few fingers', { action: { inputs: [{}, { touch: [[1, 1], [2, 2]], to: [3, 3] }] } }, 'action.inputs[1].to: expected 2 points, as many as it begins with, got 1'],
  ['Chromium for node', { kind: 'node', driver: 'chromium' }, 'driver: chromium runs browser games, and this one is for node'],
  ['a canvas for node', { kind: 'node', screen: { canvas: 'real' } }, 'screen.canvas: a game for node has no screen'],
  ['inputs beside messages', { observation: { read: undefined }, messages: {} }, `action.inputs: ${NO_MEANING}`],
  ['messages without a space', { action: { inputs: undefined }, observation: { read: undefined, space: undefined }, messages: {} }, 'observation.space: is missing: with messages the bridge has to know it'],
];

for (const [what, changes, problem] of BAD) {
  test(`${what}: told in one line`, () => assert.deepEqual(problems(changes), [problem]));
}
