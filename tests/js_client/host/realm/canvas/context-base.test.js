import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ContextBase } from '../../../../../js_client/host/realm/canvas/context-base.js';
import { DOMMatrix } from '../../../../../js_client/host/realm/canvas/geometry.js';
import { Path2D } from '../../../../../js_client/host/realm/canvas/path2d.js';

const transformOf = (context) => {
  const { a, b, c, d, e, f } = context.getTransform();
  return [a, b, c, d, e, f].map((n) => Math.round(n * 1e9) / 1e9 + 0);
};

const TRANSFORMS = [
  ['nothing', () => {}, [1, 0, 0, 1, 0, 0]],
  ['translate', (x) => x.translate(3, 4), [1, 0, 0, 1, 3, 4]],
  ['scale, then translate', (x) => { x.scale(2, 3); x.translate(1, 1); }, [2, 0, 0, 3, 2, 3]],
  ['rotate', (x) => x.rotate(Math.PI / 2), [0, 1, -1, 0, 0, 0]],
  ['rotate what is stretched', (x) => { x.scale(2, 3); x.rotate(Math.PI / 2); }, [0, 3, -2, 0, 0, 0]],
  ['transform', (x) => { x.translate(1, 1); x.transform(2, 0, 0, 2, 5, 5); }, [2, 0, 0, 2, 6, 6]],
  ['setTransform', (x) => { x.translate(1, 1); x.setTransform(1, 2, 3, 4, 5, 6); }, [1, 2, 3, 4, 5, 6]],
  ['setTransform of texts', (x) => x.setTransform('1', '0', '0', '1', '5', '6'), [1, 0, 0, 1, 5, 6]],
  ['setTransform of a matrix', (x) => x.setTransform(new DOMMatrix([1, 2, 3, 4, 5, 6])), [1, 2, 3, 4, 5, 6]],
  ['setTransform of nothing', (x) => { x.scale(2, 2); x.setTransform(); }, [1, 0, 0, 1, 0, 0]],
  ['resetTransform', (x) => { x.scale(2, 2); x.resetTransform(); }, [1, 0, 0, 1, 0, 0]],
  ['what is no number', (x) => { x.translate(NaN, 1); x.scale(1, Infinity); x.rotate(undefined); x.transform(1, 0, 0, 1); x.setTransform(1, 2, NaN, 4, 5, 6); }, [1, 0, 0, 1, 0, 0]],
  ['restore', (x) => { x.translate(1, 2); x.save(); x.translate(5, 5); x.restore(); }, [1, 0, 0, 1, 1, 2]],
  ['more restores than saves', (x) => { x.translate(1, 2); x.restore(); x.restore(); }, [1, 0, 0, 1, 1, 2]],
  ['many levels', (x) => { for (let i = 0; i < 50; i += 1) { x.save(); x.translate(1, 0); } for (let i = 0; i < 40; i += 1) x.restore(); }, [1, 0, 0, 1, 10, 0]],
  ['reset', (x) => { x.save(); x.translate(5, 5); x.reset(); x.restore(); }, [1, 0, 0, 1, 0, 0]],
];
for (const [name, act, expected] of TRANSFORMS) {
  test(`the transform after: ${name}`, () => {
    const context = new ContextBase();
    act(context);
    assert.deepEqual(transformOf(context), expected);
  });
}

test('what is set in a saved state is gone when it is restored', () => {
  const context = new ContextBase();
  context.setLineDash([1, 2]);
  context.save();
  context.setLineDash([3]);
  context.save();
  context.setLineDash([9, 9]);
  context.restore();
  assert.deepEqual(context.getLineDash(), [3, 3]);
  context.restore();
  assert.deepEqual(context.getLineDash(), [1, 2]);
});

test('a state that was restored is not changed through another one', () => {
  const context = new ContextBase();
  context.setLineDash([1, 1]);
  context.save();
  context.save();
  context.restore();
  context.setLineDash([2, 2]);
  context.restore();
  assert.deepEqual(context.getLineDash(), [1, 1]);
});

test('a dash with a negative length is ignored', () => {
  const context = new ContextBase();
  context.setLineDash([1, -1]);
  assert.deepEqual(context.getLineDash(), []);
});

test('a path keeps its place when the transform changes', () => {
  const context = new ContextBase();
  context.translate(100, 0);
  context.rect(0, 0, 10, 10);
  context.resetTransform();
  assert.deepEqual([context.isPointInPath(105, 5), context.isPointInPath(5, 5)], [true, false]);
  context.beginPath();
  assert.equal(context.isPointInPath(105, 5), false);
});

test('a path of its own moves with the transform', () => {
  const context = new ContextBase();
  const path = new Path2D('M0 0h10v10h-10z');
  context.translate(100, 0);
  assert.deepEqual([context.isPointInPath(path, 105, 5), context.isPointInPath(path, 5, 5), context.isPointInPath(path, 105, 5, 'evenodd')], [true, false, true]);
  assert.deepEqual([context.isPointInStroke(path, 100.4, 5), context.isPointInStroke(path, 102, 5)], [true, false]);
  context.scale(0, 0);
  assert.equal(context.isPointInPath(path, 0, 0), false);
});

test('a line is as wide as the transform makes it', () => {
  const context = new ContextBase();
  context.moveTo(0, 0);
  context.lineTo(100, 0);
  context.scale(10, 10);
  assert.deepEqual([context.isPointInStroke(50, 4), context.isPointInStroke(50, 6)], [true, false]);
});

const SHAPES = [
  ['arc', (x) => x.arc(5, 5, 5, 0, 7)], ['ellipse', (x) => x.ellipse(5, 5, 5, 5, 0, 0, 7)], ['roundRect', (x) => x.roundRect(0, 0, 10, 10, 3)],
  ['rect of texts', (x) => x.rect('0', '0', '10', '10')],
  ['curves', (x) => { x.moveTo(0, 0); x.quadraticCurveTo(15, 5, 0, 10); x.bezierCurveTo(1, 9, 1, 1, 0, 0); x.closePath(); }],
  ['arcTo', (x) => { x.moveTo(0, 0); x.arcTo(10, 0, 10, 10, 1); x.lineTo(0, 10); }],
];
for (const [name, draw] of SHAPES) {
  test(`a path of ${name} has an inside`, () => {
    const context = new ContextBase();
    draw(context);
    assert.deepEqual([context.isPointInPath(5, 5), context.isPointInPath(-3, 5)], [true, false]);
  });
}

for (const [name, draw] of [['arc', (x) => x.arc(0, 0, -1, 0, 1)], ['ellipse', (x) => x.ellipse(0, 0, 1, -1, 0, 0, 1)], ['arcTo', (x) => x.arcTo(0, 0, 1, 1, -1)]]) {
  test(`${name} with a negative radius throws as in a browser`, () => assert.throws(() => draw(new ContextBase()), { name: 'IndexSizeError' }));
}
