import assert from 'node:assert/strict';
import { test } from 'node:test';

import { conversation, hello, NONSENSE } from '../../js_client/src/conversation.js';
import { performer } from '../../js_client/src/instances.js';
import { read } from '../../js_client/src/messages.js';
import { keeping } from './quiet.js';
import { counter } from './scripted.js';

/** A conversation of one counter, and what it did. */
function talking({ welcome = { max_message_bytes: 10_000 } } = {}) {
  const log = keeping();
  const [sent, closed, welcomes] = [[], [], []];
  const talk = conversation(1, performer([counter()], () => {}), {
    send: (data) => sent.push(read(data)),
    close: (...how) => closed.push(how),
    onWelcome: (limits) => welcomes.push(limits),
    log,
  });
  const hear = (message) => talk.receive(JSON.stringify(message));
  if (welcome) hear({ type: 'welcome', protocol: 1, limits: welcome });
  return { talk, hear, sent, closed, welcomes, log };
}

const RESET = { type: 'reset', id: 1, instances: [0], seeds: [5] };

test('hello carries what the game declares, and the token only where there is one', () => {
  const game = { ...counter(), metadata: { render_fps: 5 }, render: () => '' };
  const said = hello(game, { name: 'other', instances: 3, token: 't' });
  assert.deepEqual([said.name, said.instances, said.token, said.binary, said.protocol], ['other', 3, 't', true, 1]);
  assert.deepEqual(said.metadata, { render_fps: 5, render_modes: ['rgb_array'] });
  assert.equal('token' in hello(game, { name: 'other', instances: 3 }), false);
});

test('welcome hands on the limits', () => {
  assert.deepEqual(talking().welcomes, [{ max_message_bytes: 10_000 }]);
});

test('infos go in columns to a bridge that reads them, and to no other', () => {
  for (const info_columns of [true, false, undefined]) {
    const sent = [];
    const talk = conversation(2, performer([counter(), counter()], () => {}), {
      send: (data) => sent.push(read(data)), close() {}, onWelcome() {}, log: keeping(),
    });
    talk.receive(JSON.stringify({ type: 'welcome', protocol: 1, limits: {}, info_columns }));
    talk.receive(JSON.stringify({ type: 'reset', id: 1, instances: [0, 1], seeds: [5, 6] }));
    talk.receive(JSON.stringify({ type: 'reset', id: 2, instances: [0], seeds: [7] }));
    const [both, one] = sent;
    assert.deepEqual([both.infos, both.info_columns], info_columns ? [undefined, { start: [5, 6] }] : [[{ start: 5 }, { start: 6 }], undefined]);
    assert.deepEqual(one.infos, [{ start: 7 }]);
  }
});

test('ping is answered by pong, and pong and close by nothing', () => {
  const { hear, sent } = talking();
  for (const message of [{ type: 'ping' }, { type: 'pong' }, { type: 'close', instances: [0] }]) hear(message);
  assert.deepEqual(sent, [{ type: 'pong' }]);
});

test('what the bridge complains of is logged', () => {
  const { hear, log } = talking();
  hear({ type: 'fault', code: 'UNEXPECTED', message: 'nobody asked' });
  hear({ type: 'bye', reason: 'draining' });
  assert.deepEqual(log.lines, ['stepwire: the bridge says UNEXPECTED: nobody asked', 'stepwire: the bridge says bye: draining']);
});

const NONSENSES = [
  ['what cannot be read', { type: 'jump' }, /no message of a bridge: type "jump"/],
  ['an instance that there is not', { ...RESET, instances: [1] }, /reset: no instance 1, there are 1/],
  ['too few seeds', { ...RESET, seeds: [] }, /reset: not one seed for each instance/],
  ['one action instead of a batch', { type: 'step', id: 1, instances: [0], actions: 1 }, /step: actions must be a batch/],
];

for (const [what, message, said] of NONSENSES) {
  test(`${what} is answered by BAD_MESSAGE, and the connection is closed`, () => {
    const { hear, sent, closed } = talking();
    hear(message);
    assert.equal(sent[0].code, 'BAD_MESSAGE');
    assert.match(sent[0].message, said);
    assert.deepEqual(closed, [[NONSENSE, 'BAD_MESSAGE']]);
  });
}

test('a request before welcome is out of turn', () => {
  const { hear, sent } = talking({ welcome: null });
  hear(RESET);
  assert.match(sent[0].message, /reset before welcome/);
});

test('an answer over the size limit becomes a fault that names the limit', () => {
  const { hear, sent } = talking({ welcome: { max_message_bytes: 60 } });
  hear(RESET);
  assert.equal(sent[0].code, 'GAME_ERROR');
  assert.match(sent[0].message, /^state of \d+ bytes is over the bridge's max_message_bytes, 60$/);
  assert.deepEqual([sent[0].id, sent[0].instances], [1, [0]]);
});

test('a conversation is idle when every instance has answered', async () => {
  const { promise, resolve } = Promise.withResolvers();
  const game = { ...counter(), reset: () => promise };
  const talk = conversation(1, performer([game], () => {}), { send() {}, close() {}, onWelcome() {}, log: keeping() });
  talk.receive('{"type":"welcome","protocol":1,"limits":{}}');
  assert.equal(talk.isIdle(), true);
  talk.receive(JSON.stringify(RESET));
  assert.equal(talk.isIdle(), false);
  resolve([0, 0]);
  await new Promise(setImmediate);
  assert.equal(talk.isIdle(), true);
});
