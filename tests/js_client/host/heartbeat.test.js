import assert from 'node:assert/strict';
import { test } from 'node:test';

import { beat, figures } from '../../../js_client/host/heartbeat.js';
import { statistics } from '../../../js_client/host/statistics.js';

test('the first beat comes at once, and one each second after it, until it is ended', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const lines = [];
  const end = beat(4, (line) => lines.push(line));
  assert.equal(lines.length, 1);
  t.mock.timers.tick(2000);
  assert.equal(lines.length, 3);
  end();
  t.mock.timers.tick(2000);
  assert.equal(lines.length, 3);
});

test('a beat is one line that says what has been done', () => {
  Object.assign(statistics, { steps: 7, episodes: 2, faults: 1 });
  const lines = [];
  beat(4, (line) => lines.push(line))();
  assert.ok(!lines[0].includes('\n'));
  const { instances, steps, episodes, faults, rss_mb: memory } = JSON.parse(lines[0].replace('@stats ', ''));
  assert.deepEqual([instances, steps, episodes, faults], [4, 7, 2, 1]);
  assert.ok(memory > 0);
});

test('memory is in whole MiB', () => {
  assert.ok(Number.isInteger(figures(1).rss_mb));
});
