import assert from 'node:assert/strict';
import { test } from 'node:test';

import { here } from '../../../../../js_client/host/realm/web/here.js';
import { IntersectionObserver, MutationObserver, ResizeObserver, mutated } from '../../../../../js_client/host/realm/web/observers.js';
import { arrived, settled } from './arrived.js';

const body = { name: 'body', parentNode: null };
const hero = { name: 'hero', parentNode: body };

const WATCHES = [
  ['children of the node itself', { childList: true }, { type: 'childList', target: body }, 1],
  ['children deeper down only with subtree', { childList: true }, { type: 'childList', target: hero }, 0],
  ['children deeper down', { childList: true, subtree: true }, { type: 'childList', target: hero }, 1],
  ['attributes that are named', { attributeFilter: ['class'], subtree: true }, { type: 'attributes', target: hero, attributeName: 'class' }, 1],
  ['no attributes that are not', { attributeFilter: ['class'], subtree: true }, { type: 'attributes', target: hero, attributeName: 'id' }, 0],
  ['text', { characterData: true }, { type: 'characterData', target: body }, 1],
  ['nothing else', { childList: true }, { type: 'attributes', target: body, attributeName: 'id' }, 0],
];
for (const [what, options, change, count] of WATCHES) {
  test(`mutations: an observer is told of ${what}`, async () => {
    arrived();
    const heard = [];
    new MutationObserver((records) => heard.push(...records)).observe(body, options);
    mutated(change);
    assert.equal(heard.length, 0);
    await settled();
    assert.equal(heard.length, count);
  });
}

test('several mutations are told together, and none after the end', async () => {
  arrived();
  const heard = [];
  const observer = new MutationObserver((records) => heard.push(records.length));
  observer.observe(body, { childList: true });
  mutated({ type: 'childList', target: body });
  mutated({ type: 'childList', target: body });
  await settled();
  mutated({ type: 'childList', target: body });
  assert.equal(observer.takeRecords().length, 1);
  observer.disconnect();
  await settled();
  assert.deepEqual([heard, here.observers.size], [[2], 0]);
});

const sized = { getBoundingClientRect: () => ({ width: 30, height: 20 }) };
const ONCE = [
  [ResizeObserver, ([entry]) => [entry.contentRect.width, entry.contentRect.height], [30, 20]],
  [IntersectionObserver, ([entry]) => entry.isIntersecting, true],
];
for (const [Observer, read, expected] of ONCE) {
  test(`${Observer.name} tells each element once, as a task`, () => {
    const { kernel } = arrived();
    const heard = [];
    const observer = new Observer((entries) => heard.push(read(entries)));
    observer.observe(sized);
    observer.observe({ ...sized });
    observer.unobserve(sized);
    assert.deepEqual(heard, []);
    kernel.clock.advance();
    kernel.clock.advance();
    assert.deepEqual(heard, [expected]);
  });
}
