import assert from 'node:assert/strict';
import { EventEmitter as Real } from 'node:events';
import { test } from 'node:test';

import { EventEmitter } from '../../../../js_client/host/realm/emitter.js';

/** What listeners hear, in order, for whichever kind of emitter. */
const SCRIPTS = {
  'listeners in their order, with their arguments': (emitter, told) => {
    emitter.prependListener('a', (...args) => told.push(['second', ...args])).on('a', (...args) => told.push(['third', ...args]));
    emitter.prependListener('a', () => told.push(['first']));
    told.push(emitter.emit('a', 1, 2), emitter.emit('none'));
  },
  'once, and off by the listener that was given': (emitter, told) => {
    const listener = () => told.push('heard');
    emitter.once('a', listener).once('b', listener).off('b', listener);
    for (const name of ['a', 'a', 'b']) emitter.emit(name);
    told.push(emitter.listenerCount('a'), emitter.eventNames());
  },
  'one that leaves while it is told': (emitter, told) => {
    const leave = () => { told.push('leave'); emitter.removeListener('a', leave); };
    emitter.addListener('a', leave).addListener('a', () => told.push('stay'));
    emitter.emit('a');
    emitter.emit('a');
    told.push(emitter.listeners('a').length);
    emitter.removeAllListeners();
    told.push(emitter.emit('a'));
  },
  'an error that nobody hears': (emitter, told) => {
    try { emitter.emit('error', new RangeError('oh')); } catch (error) { told.push(error.message); }
    emitter.on('error', (error) => told.push(`heard ${error.message}`)).emit('error', new Error('again'));
  },
};
for (const [what, script] of Object.entries(SCRIPTS)) {
  test(`as Node's: ${what}`, () => {
    const [ours, theirs] = [[], []];
    script(new EventEmitter(), ours);
    script(new Real(), theirs);
    assert.deepEqual(ours, theirs);
  });
}
