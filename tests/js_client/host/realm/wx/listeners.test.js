import assert from 'node:assert/strict';
import { test } from 'node:test';

import { wxRoom } from './realms.js';

test('listeners hear in the order in which they came, until they are taken away', () => {
  const { listeners } = wxRoom();
  const heard = [];
  const [a, b] = [(event) => heard.push(['a', event]), (event) => heard.push(['b', event])];
  const { onShow, offShow } = listeners.functions('Show Hide');
  onShow(a);
  onShow(b);
  listeners.fire('Show', 1);
  offShow(a);
  listeners.fire('Show', 2);
  offShow();
  listeners.fire('Show', 3);
  assert.deepEqual(heard, [['a', 1], ['b', 1], ['b', 2]]);
});

test('a listener that takes itself away does not silence the next one', () => {
  const { listeners } = wxRoom();
  const heard = [];
  const { onShow, offShow } = listeners.functions('Show');
  const once = () => offShow(once);
  onShow(once);
  onShow(() => heard.push('next'));
  listeners.fire('Show');
  assert.deepEqual(heard, ['next']);
});

test('what throws is reported, and the others hear', () => {
  const { listeners, kernel } = wxRoom();
  let heard = 0;
  const { onShow } = listeners.functions('Show');
  onShow(() => { throw new Error('of the game'); });
  onShow(() => { heard += 1; });
  listeners.fire('Show');
  assert.deepEqual([heard, kernel.report.errorCount()], [1, 1]);
});

test('what is no function is no listener', () => {
  const { listeners } = wxRoom();
  listeners.functions('Show').onShow(undefined);
  assert.equal(listeners.has('Show'), false);
});
