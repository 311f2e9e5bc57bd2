import assert from 'node:assert/strict';
import { test } from 'node:test';

import { AbortController } from '../../../../../js_client/host/realm/web/aborting.js';
import { Event } from '../../../../../js_client/host/realm/web/event.js';
import { ABOVE, EventTarget, animated, dispatch, handlersOf, isHeard } from '../../../../../js_client/host/realm/web/targets.js';
import { arrived } from './arrived.js';

class Part extends EventTarget {
  constructor(name, above = null) {
    super();
    this.name = name;
    this.above = above;
  }

  [ABOVE]() { return this.above; }
}
handlersOf(Part, 'fall error');

/** Three targets, one above the other, and what they hear. */
function tower() {
  const page = arrived();
  const top = new Part('top');
  const middle = new Part('middle', top);
  const low = new Part('low', middle);
  const heard = [];
  const hear = (target, options, word = target.name) => target.addEventListener('fall', () => heard.push(word), options);
  return { ...page, top, middle, low, heard, hear, fall: (init = { bubbles: true, cancelable: true }) => low.dispatchEvent(new Event('fall', init)) };
}

test('an event goes down to its target, and up again when it bubbles', () => {
  const { top, middle, low, heard, hear, fall } = tower();
  hear(top, true, 'top, capturing');
  for (const target of [top, middle, low]) hear(target);
  hear(low, { capture: true }, 'low, capturing');
  fall();
  assert.deepEqual(heard.splice(0), ['top, capturing', 'low, capturing', 'low', 'middle', 'top']);
  fall({ bubbles: false });
  assert.deepEqual(heard, ['top, capturing', 'low, capturing', 'low']);
});

test('listeners know where the event is', () => {
  const { middle, low, fall } = tower();
  const places = [];
  middle.addEventListener('fall', function hear(event) {
    places.push(this === middle, event.target === low, event.currentTarget === middle, event.eventPhase, event.composedPath().length);
  });
  fall();
  assert.deepEqual(places, [true, true, true, 3, 3]);
});

const STOPS = [['stopPropagation', ['first', 'second']], ['stopImmediatePropagation', ['first']]];
for (const [method, expected] of STOPS) {
  test(`${method} keeps an event from going on`, () => {
    const { middle, low, heard, hear, fall } = tower();
    low.addEventListener('fall', (event) => { heard.push('first'); event[method](); });
    hear(low, false, 'second');
    hear(middle);
    fall();
    assert.deepEqual(heard, expected);
  });
}

test('a listener is added once, hears until it is removed, and the last one may be for once', () => {
  const { low, heard, fall } = tower();
  const work = () => heard.push('heard');
  low.addEventListener('fall', work);
  low.addEventListener('fall', work);
  low.addEventListener('fall', () => heard.push('once'), { once: true });
  fall();
  low.removeEventListener('fall', work);
  fall();
  assert.deepEqual(heard, ['heard', 'once']);
});

test('a signal ends a listener', () => {
  const { low, heard, hear, fall } = tower();
  const controller = new AbortController();
  hear(low, { signal: controller.signal });
  controller.abort();
  fall();
  assert.deepEqual(heard, []);
});

test('an object with handleEvent is a listener', () => {
  const { low, fall } = tower();
  const listener = { handleEvent(event) { this.type = event.type; } };
  low.addEventListener('fall', listener);
  fall();
  assert.equal(listener.type, 'fall');
});

test('what prevents the default: a call, or a handler that returns false, and not a passive listener', () => {
  const { low, fall } = tower();
  low.addEventListener('fall', (event) => event.preventDefault(), { passive: true });
  assert.equal(fall(), true);
  low.onfall = () => false;
  assert.equal(fall(), false);
  low.onfall = null;
  assert.equal(low.onfall, null);
  assert.equal(fall(), true);
});

test('a handler keeps its place among the listeners when it is set again', () => {
  const { low, heard, hear, fall } = tower();
  low.onfall = () => heard.push('old');
  hear(low);
  low.onfall = () => heard.push('new');
  fall();
  assert.deepEqual(heard, ['new', 'low']);
});

test('an error in a listener is reported, and the others hear all the same', () => {
  const { low, heard, hear, fall, errors } = tower();
  low.addEventListener('fall', () => { throw new TypeError('broken'); });
  hear(low);
  fall();
  assert.deepEqual(heard, ['low']);
  assert.match(errors()[0], /TypeError: broken/);
});

test('what is no event is refused', () => {
  const { low } = tower();
  assert.throws(() => low.dispatchEvent({ type: 'fall' }), TypeError);
});

test('a type is heard from its first listener on, and what nobody hears goes nowhere', () => {
  const { low, hear } = tower();
  assert.equal(isHeard('fall'), false);
  assert.equal(dispatch(low, new Event('fall')), true);
  hear(low);
  assert.equal(isHeard('fall'), true);
});

test('waiting for the end of an animation is noted once there is one', () => {
  const { low, notes } = tower();
  low.addEventListener('transitionend', () => {});
  assert.deepEqual(notes('needs_browser'), []);
  animated();
  assert.match(notes('needs_browser')[0], /^transitionend/);
});
