import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BroadcastChannel, MessageChannel, postToWindow } from '../../../../../js_client/host/realm/web/messaging.js';
import { EventTarget } from '../../../../../js_client/host/realm/web/targets.js';
import { here } from '../../../../../js_client/host/realm/web/here.js';
import { arrived } from './arrived.js';

test('what goes into one end of a channel comes out of the other, copied, as a task', () => {
  const { kernel } = arrived();
  const { port1, port2 } = new MessageChannel();
  const heard = [];
  port2.onmessage = ({ data }) => heard.push(data);
  const sent = { a: 1 };
  port1.postMessage(sent);
  sent.a = 2;
  assert.deepEqual(heard, []);
  kernel.clock.advance();
  assert.deepEqual(heard, [{ a: 1 }]);
});

test('messages wait until an end is started, and a closed end gets none', () => {
  const { kernel } = arrived();
  const { port1, port2 } = new MessageChannel();
  const heard = [];
  port2.addEventListener('message', ({ data }) => heard.push(data));
  port1.postMessage('early');
  kernel.clock.advance();
  assert.deepEqual(heard, []);
  port2.start();
  kernel.clock.advance();
  port2.close();
  port1.postMessage('late');
  kernel.clock.advance();
  assert.deepEqual(heard, ['early']);
});

test('a broadcast reaches the others of its name', () => {
  const { kernel } = arrived();
  const [one, two, other, gone] = ['a', 'a', 'b', 'a'].map((name) => new BroadcastChannel(name));
  const heard = [];
  for (const channel of [one, two, other, gone]) channel.onmessage = ({ data }) => heard.push([channel.name, data]);
  gone.close();
  one.postMessage(5);
  kernel.clock.advance();
  assert.deepEqual(heard, [['a', 5]]);
});

test('a message to the window comes from the page itself', () => {
  const { kernel } = arrived();
  here.window = new EventTarget();
  const heard = [];
  here.window.addEventListener('message', ({ data, origin }) => heard.push([data, origin]));
  postToWindow('hello');
  kernel.clock.advance();
  assert.deepEqual(heard, [['hello', 'https://game.stepwire']]);
});
