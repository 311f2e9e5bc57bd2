import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Event } from '../../../../../js_client/host/realm/web/event.js';
import { HandlerTarget } from '../../../../../js_client/host/realm/web/handler-target.js';
import { arrived } from './arrived.js';

test('every property beginning with on holds the handler of its own event', () => {
  arrived();
  const names = Object.getOwnPropertyNames(HandlerTarget.prototype).filter((name) => name.startsWith('on'));
  assert.ok(names.length > 100);
  for (const name of names) {
    const target = new HandlerTarget();
    const heard = [];
    target[name] = ({ type }) => heard.push(type);
    target.dispatchEvent(new Event({ onwebkittransitionend: 'webkitTransitionEnd', onwebkitanimationend: 'webkitAnimationEnd' }[name] ?? name.slice(2)));
    assert.equal(heard.length, 1, name);
  }
});

test('a handler that is taken away is null and hears nothing', () => {
  arrived();
  const target = new HandlerTarget();
  target.onclick = () => assert.fail();
  target.onclick = null;
  assert.equal(target.onclick, null);
  target.dispatchEvent(new Event('click'));
});
