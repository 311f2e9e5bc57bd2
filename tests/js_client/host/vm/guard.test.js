import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

import { guarded, guardOf } from '../../../../js_client/host/vm/guard.js';

test('work that ends is done, and its errors are its own', () => {
  let done = 0;
  assert.equal(guarded(() => { done += 1; }, 1), true);
  assert.equal(done, 1);
  assert.throws(() => guarded(() => { throw new RangeError('x'); }, 1), RangeError);
});

/** In a process of its own: the hooks of a test runner do not bear it when code is stopped. @param {string[]} words */
function harmed(...words) {
  const program = new URL('harmed.js', import.meta.url).pathname;
  return JSON.parse(execFileSync(process.execPath, ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', program, ...words], { encoding: 'utf8' }));
}

const HARM = [
  ['loops for ever', 'for (;;);', /did not come to an end within 0\.2 s/],
  ['loops for ever and catches everything', 'for (;;) { try { for (;;); } catch {} finally { continue; } }', /did not come to an end/],
  ['loops for ever in a promise', 'Promise.resolve().then(() => { for (;;); });', /did not come to an end/],
  ['raises', 'throw new Error("oh");', /action\.run: Error: oh/],
  ['raises in every frame', 'const loop = () => { requestAnimationFrame(loop); throw new Error("again"); }; requestAnimationFrame(loop);', /4 uncaught errors, more than limits\.errors \(3\)/],
  ['rejects promises', 'for (let i = 0; i < 9; i += 1) Promise.reject(new Error("unheard"));', /9 uncaught errors/],
  ['exits', 'process.exit(1);', /the game called process\.exit\(1\)/],
];
for (const [what, harm, message] of HARM) {
  test(`an instance that ${what} faults alone, and a reset mends it`, () => {
    const { faults, others, after } = harmed(harm);
    assert.ok(faults.length > 0);
    for (const fault of faults) {
      assert.deepEqual(fault.instances, [1]);
      assert.match(fault.message, message);
    }
    assert.deepEqual(others, [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [6, 6]]);
    assert.deepEqual(after, [7, 1, 7]);
  });
}

/** Limits as short as a test may wait. */
const LIMITS = { step_seconds: 0.2, reset_seconds: 0.4, errors: 3 };

test('one instance alone is not watched: its bridge has a deadline', () => {
  assert.equal(guardOf(LIMITS, 1), undefined);
});

test('a step that may begin an episode has the time of a reset', () => {
  const guard = guardOf(LIMITS, 2);
  const wait = (seconds) => () => { const end = performance.now() + seconds * 1000; while (performance.now() < end); };
  assert.match(guard(wait(0.3), { type: 'step', instances: [0, 1] }), /within 0\.2 s/);
  assert.equal(guard(wait(0.3), { type: 'step', instances: [0, 1], reset_after: true }), undefined);
  assert.equal(guard(wait(0.3), { type: 'step', instances: [0, 1], reset_instead: [1] }), undefined);
});

test('many that begin together have more time', () => {
  const guard = guardOf(LIMITS, 16);
  const wait = () => { const end = performance.now() + 500; while (performance.now() < end); };
  assert.match(guard(wait, { type: 'reset', instances: Array(8).fill(0) }), /within 0\.4 s/);
  assert.equal(guard(wait, { type: 'reset', instances: Array(16).fill(0) }), undefined);
});
