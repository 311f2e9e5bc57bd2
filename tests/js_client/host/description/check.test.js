import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BadDescription, normalised } from '../../../../js_client/host/description/check.js';
import { table } from './described.js';

/** Every problem of a description, each in a line. @param {any} given */
function problemsOf(given, context) {
  try {
    normalised(given, context);
    return [];
  } catch (error) {
    assert.ok(error instanceof BadDescription, error.stack);
    return error.message.split('\n');
  }
}

test('what is left out has the defaults that the realms expect', () => {
  assert.deepEqual(normalised(table()), {
    name: 'toy', kind: 'browser', root: '.', entry: 'index.html', driver: 'node', mounts: {},
    screen: { width: 640, height: 480, pixel_ratio: 1, canvas: 'none' },
    time: { fps: 60, frame_skip: 4, start: '2024-01-01T00:00:00Z' },
    action: {
      space: { type: 'Discrete', n: 2, start: 0, dtype: 'int64' },
      inputs: [{ button: 0, hold: false }, { keys: ['ArrowLeft'], button: 0, hold: false }],
    },
    observation: { space: { type: 'Box', low: null, high: null, shape: [1], dtype: 'float32' }, read: '[x]' },
    reward: { difference: false, scale: 1 },
    episode: { max_steps: 0, reset: 'hard', start: [] },
    info: {},
    hooks: { patches: [], peek: {}, fire: [] },
    limits: { step_seconds: 2, reset_seconds: 5, errors: 10, memory_mb: 1024 },
  });
});

for (const [kind, width, height] of /** @type {const} */ ([['wechat', 375, 667], ['browser', 640, 480], ['node', 640, 480]])) {
  test(`the screen of a ${kind} game is ${width} × ${height} where nothing else is said`, () => {
    const { screen } = normalised(table({ kind, screen: { pixel_ratio: 2 } }));
    assert.deepEqual([screen.width, screen.height, screen.pixel_ratio], [width, height, 2]);
  });
}

test('a normalised description is normal, and JSON', () => {
  const given = table({
    mounts: { 'lib/a.js': '../a.js' }, reward: { read: (stepwire) => stepwire.frame }, info: { 'the score': 'score' },
    hooks: { prelude: () => { globalThis.x = 1; } }, messages: undefined,
  });
  const once = normalised(given);
  assert.deepEqual(JSON.parse(JSON.stringify(once)), once);
  assert.deepEqual(normalised(once), once);
  assert.deepEqual(once.mounts, { '/lib/a.js': '../a.js' });
  assert.deepEqual(once.reward.read, { function: '(stepwire) => stepwire.frame' });
});

test('all problems are told at once, a line each', () => {
  const lines = problemsOf({ nmae: 'toy', kind: 'broser', time: { frame_skp: 3, fps: '60' }, action: { space: { type: 'Discreet', n: 3 } } });
  assert.deepEqual(lines, [
    'nmae: there is no such field; did you mean name?',
    'kind: expected "wechat", "browser" or "node", got "broser"; did you mean browser?',
    'time.frame_skp: there is no such field; did you mean frame_skip?',
    'time.fps: expected a number above 0 and up to 1000, got "60"',
    'action.space.type: there is no space "Discreet"; did you mean Discrete?',
    'action: says nothing of how an action becomes input: inputs, input or run is needed',
    'observation: is missing: space and read, or pixels',
  ]);
});

test('what is known to be wrong comes first', () => {
  const lines = problemsOf(table({ name: 3 }), { problems: [{ path: 'root', message: 'there is no folder /x' }] });
  assert.deepEqual(lines, ['root: there is no folder /x', 'name: expected a text, got 3']);
});

test('what is no table says so', () => {
  assert.deepEqual(problemsOf([], { file: 'a.json' }), ['a.json: expected a table of fields, got a list of 0']);
});

test('a patch may delete: its replacement is the only text that may be empty', () => {
  const patch = { file: 'a.js', find: 'debug();', replace: '' };
  assert.deepEqual(normalised(table({ hooks: { patches: [patch] } })).hooks.patches, [patch]);
  assert.deepEqual(problemsOf(table({ hooks: { patches: [{ ...patch, find: '' }] } })), ['hooks.patches[0].find: expected a text, got ""']);
});
