import assert from 'node:assert/strict';
import { test } from 'node:test';

import { localArea, sessionArea } from '../../../../../js_client/host/realm/web/storage-areas.js';
import { arrived } from './arrived.js';

for (const [name, area] of [['localStorage', localArea], ['sessionStorage', sessionArea]]) {
  test(`${name} keeps texts by key`, () => {
    arrived();
    const storage = area();
    storage.setItem('best', 12);
    storage.setItem('name', 'Ada');
    assert.deepEqual([storage.getItem('best'), storage.getItem('none'), storage.length, storage.key(1)], ['12', null, 2, 'name']);
    storage.removeItem('best');
    assert.equal(storage.length, 1);
    storage.clear();
    assert.equal(storage.getItem('name'), null);
  });

  test(`${name} has its entries as properties, too`, () => {
    arrived();
    const storage = area();
    storage.best = 5;
    assert.deepEqual([storage.best, storage.none, 'best' in storage, Object.keys(storage), JSON.stringify(storage)], ['5', undefined, true, ['best'], '{"best":"5"}']);
    delete storage.best;
    assert.equal(storage.getItem('best'), null);
  });
}

test('what localStorage keeps is what the kernel keeps', () => {
  const { kernel } = arrived();
  localArea().setItem('best', '3');
  assert.equal(kernel.storage.get('best'), '3');
});

test('a full store says so', () => {
  arrived();
  assert.throws(() => localArea().setItem('a', 'x'.repeat(11 * 2 ** 20)), { name: 'QuotaExceededError' });
});
