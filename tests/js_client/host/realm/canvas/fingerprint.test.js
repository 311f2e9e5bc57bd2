import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createRecorder, recordCalls } from '../../../../../js_client/host/realm/canvas/fingerprint.js';
import { canvasRoom } from './rooms.js';

/** The fingerprint of some drawing. */
function printOf(draw, type = '2d') {
  const { room } = canvasRoom();
  const context = room.contextOf({ width: 100, height: 100 }, type);
  room.fingerprint();
  draw(context);
  return room.fingerprint();
}

const NOTHING = printOf(() => {});
const RECTANGLE = printOf((x) => x.fillRect(1, 2, 3, 4));

test('the same drawing has the same fingerprint', () => assert.equal(printOf((x) => x.fillRect(1, 2, 3, 4)), RECTANGLE));

const OTHERS = [
  ['nothing', () => {}], ['another place', (x) => x.fillRect(1, 2, 3, 5)], ['another shape', (x) => x.strokeRect(1, 2, 3, 4)],
  ['another colour', (x) => { x.fillStyle = 'red'; x.fillRect(1, 2, 3, 4); }], ['another alpha', (x) => { x.globalAlpha = 0.5; x.fillRect(1, 2, 3, 4); }],
  ['twice', (x) => { x.fillRect(1, 2, 3, 4); x.fillRect(1, 2, 3, 4); }], ['moved', (x) => { x.translate(1, 0); x.fillRect(1, 2, 3, 4); }],
  ['a path', (x) => { x.rect(1, 2, 3, 4); x.fill(); }], ['a little to the side', (x) => x.fillRect(1.002, 2, 3, 4)],
];
for (const [name, draw] of OTHERS) test(`another drawing has another one: ${name}`, () => assert.notEqual(printOf(draw), RECTANGLE));

test('what differs by less than a thousandth is the same', () => assert.equal(printOf((x) => x.fillRect(1.0001, 2, 3, 4)), RECTANGLE));
test('texts and images count', () => {
  assert.notEqual(printOf((x) => x.fillText('1', 0, 0)), printOf((x) => x.fillText('2', 0, 0)));
  assert.notEqual(printOf((x) => x.drawImage({ width: 1, height: 1 }, 0, 0)), printOf((x) => x.drawImage({ width: 2, height: 1 }, 0, 0)));
});
test('a colour that is not painted with does not count', () => assert.equal(printOf((x) => { x.fillStyle = 'red'; }), NOTHING));

test('WebGL has fingerprints, too: of what is drawn, and of the numbers that shaders get', () => {
  const print = (value) => printOf((gl) => { gl.uniform2fv(null, Float32Array.of(value, 1)); gl.drawArrays(gl.TRIANGLES, 0, 3); }, 'webgl');
  assert.equal(print(1), print(1));
  assert.notEqual(print(1), print(2));
});

test('a fingerprint is of what was drawn since the last one', () => {
  const { room } = canvasRoom();
  const context = room.contextOf({ width: 1, height: 1 }, '2d');
  const prints = [1, 1, 2].map((x) => {
    room.fingerprint();
    context.fillRect(x, 0, 1, 1);
    return room.fingerprint();
  });
  assert.equal(prints[0], prints[1]);
  assert.notEqual(prints[1], prints[2]);
  assert.ok(prints.every((print) => Number.isInteger(print) && print >= 0 && print < 2 ** 32));
});

test('listening can be ended, and canvases of other games are not heard', () => {
  const [one, two] = [canvasRoom().room, canvasRoom().room];
  const context = two.contextOf({ width: 1, height: 1 }, '2d');
  one.record(true);
  context.fillRect(0, 0, 1, 1);
  assert.equal(one.fingerprint(), NOTHING);
  one.record(false);
  assert.equal(one.fingerprint(), NOTHING);
});

test('methods do what they did, once only listened to', () => {
  class Thing { double(n) { return 2 * n; } }
  recordCalls(Thing.prototype, ['double', 'none']);
  recordCalls(Thing.prototype, ['double']);
  const thing = new Thing();
  const recorder = createRecorder();
  recorder.listen(thing);
  recorder.isOn = true;
  assert.equal(thing.double(4), 8);
  const once = recorder.take();
  recorder.call('double', [4]);
  assert.equal(recorder.take(), once);
});

test('booleans and lists count, other objects do not', () => {
  const recorder = createRecorder();
  const print = (...args) => { recorder.call('x', args); return recorder.take(); };
  assert.notEqual(print(true), print(false));
  assert.notEqual(print([1, 2]), print([1, 3]));
  assert.equal(print({}), print(null));
});
