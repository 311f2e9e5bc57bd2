import assert from 'node:assert/strict';
import { test } from 'node:test';

import { holdLoad, tellLoaded } from '../../../../../js_client/host/realm/dom/loading.js';
import { kernelWith } from '../wx/realms.js';

/** A kernel over a window of the platform's own events. */
function page() {
  const kernel = kernelWith();
  const told = [];
  const target = (name) => ({ dispatchEvent: ({ type }) => told.push(`${name} ${type}`) });
  Object.assign(kernel.scope, target('window'), { document: target('document'), Event });
  return { kernel, told, become: (state) => told.push(state) };
}

test('a page is interactive at once, and told in the next task; then it is complete', () => {
  const { kernel, told, become } = page();
  tellLoaded(kernel, become);
  assert.deepEqual(told.splice(0), ['interactive']);
  kernel.clock.advance();
  assert.deepEqual(told, ['document DOMContentLoaded', 'complete', 'window load', 'window pageshow']);
});

test('a page is not loaded before what it waits for', () => {
  const { kernel, told } = page();
  const releases = [holdLoad(kernel), holdLoad(kernel)];
  tellLoaded(kernel);
  kernel.clock.advance();
  assert.deepEqual(told, ['document DOMContentLoaded']);
  releases[0]();
  kernel.clock.advance();
  assert.equal(told.length, 1);
  releases[1]();
  kernel.clock.advance();
  assert.deepEqual(told.slice(1), ['window load', 'window pageshow']);
});
