import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keepAddresses } from '../../../js_client/host/addresses.js';
import { queue } from '../bridge.js';
import { keeping, quiet } from '../quiet.js';

const four = (...addresses) => addresses.map((address) => ({ address, family: 4 }));

/** Keeps the addresses that the look-ups give, one after the other; the last one stays. */
function kept(t, ...lookups) {
  const told = queue();
  const log = keeping();
  const open = (url) => {
    told.put(`open ${url}`);
    return { close: async () => told.put(`close ${url}`) };
  };
  const lookup = async (name, options) => {
    assert.deepEqual([name, options], ['env', { all: true }]);
    const found = lookups.length > 1 ? lookups.shift() : lookups[0];
    if (found instanceof Error) throw found;
    return found;
  };
  const here = keepAddresses('ws://env:7891/path', 0.005, open, log, lookup);
  t.after(() => here.close());
  return { told, here, log };
}

test('each address gets a connection of its own, and one that is gone loses it', async (t) => {
  const { told } = kept(t, four('10.0.0.1', '10.0.0.2'), four('10.0.0.1', '10.0.0.2'), four('10.0.0.2', '10.0.0.3'));
  const news = [await told.take(), await told.take(), await told.take(), await told.take()];
  assert.deepEqual(news, [
    'open ws://10.0.0.1:7891/path', 'open ws://10.0.0.2:7891/path', 'open ws://10.0.0.3:7891/path', 'close ws://10.0.0.1:7891/path',
  ]);
});

test('an IPv6 address stands in brackets', async (t) => {
  const { told } = kept(t, [{ address: 'fd00::1', family: 6 }]);
  assert.equal(await told.take(), 'open ws://[fd00::1]:7891/path');
});

test('a look-up that fails is logged, and changes nothing', async (t) => {
  const { told, log } = kept(t, four('10.0.0.1'), new Error('no such name'), four('10.0.0.1', '10.0.0.2'));
  assert.equal(await told.take(), 'open ws://10.0.0.1:7891/path');
  assert.equal(await told.take(), 'open ws://10.0.0.2:7891/path');
  assert.deepEqual(log.lines, ['stepwire: no such name']);
});

test('close closes all of them', async (t) => {
  const { told, here } = kept(t, four('10.0.0.1', '10.0.0.2'));
  await told.take();
  await told.take();
  await here.close();
  assert.deepEqual([await told.take(), await told.take()], ['close ws://10.0.0.1:7891/path', 'close ws://10.0.0.2:7891/path']);
});

test('the real look-up finds loopback', async (t) => {
  const told = queue();
  const here = keepAddresses('ws://localhost:7891', 60, (url) => { told.put(url); return { close: async () => {} }; }, quiet);
  t.after(() => here.close());
  assert.match(await told.take(), /^ws:\/\/(127\.0\.0\.1|\[::1\]):7891\/$/);
});
