import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isInTrace } from '../../../../../js_client/host/realm/canvas/hits.js';
import { nativePath, Path2D } from '../../../../../js_client/host/realm/canvas/path2d.js';

const has = (path, x, y) => isInTrace(path._trace, x, y);
const all = new Path2D();
all.moveTo(0, 0);
all.lineTo(1, 1);
all.quadraticCurveTo(1, 2, 3, 4);
all.bezierCurveTo(1, 2, 3, 4, 5, 6);
all.ellipse(5, 5, 2, 1, 0.5, 0, 1, true);
all.closePath();

/** Writes down what is called. */
function calls() {
  const made = [];
  return new Proxy({}, { get: (_, name) => (name === 'made' ? made : (...args) => made.push([name, ...args])) });
}

const SHAPES = [
  ['a rectangle', (p) => p.rect(0, 0, 10, 10)], ['a round one', (p) => p.roundRect(0, 0, 10, 10, 2)], ['a circle', (p) => p.arc(5, 5, 5, 0, 7)],
  ['an ellipse', (p) => p.ellipse(5, 5, 5, 4, 0, 0, 7)], ['corners', (p) => { p.moveTo(0, 0); p.arcTo(10, 0, 10, 10, 2); p.lineTo(0, 10); }],
];
for (const [name, draw] of SHAPES) {
  test(`a path may have ${name}`, () => {
    const path = new Path2D();
    draw(path);
    assert.deepEqual([has(path, 5, 5), has(path, 15, 5)], [true, false]);
  });
}

test('a path is made from another one, or from SVG', () => {
  const first = new Path2D('M0 0h10v10h-10z');
  const copy = new Path2D(first);
  first.rect(100, 100, 10, 10);
  assert.deepEqual([has(copy, 5, 5), has(copy, 105, 105), has(first, 105, 105)], [true, false, true]);
});

test('a path is added with a matrix', () => {
  const path = new Path2D();
  const circle = new Path2D();
  circle.arc(0, 0, 5, 0, 7);
  path.addPath(circle, { a: 2, d: 1, e: 100 });
  assert.deepEqual([has(path, 109, 0), has(path, 100, 6), has(path, 0, 0)], [true, false, false]);
});

test('a path may be added to itself', () => {
  const path = new Path2D('M0 0h10v10h-10z');
  path.addPath(path, { e: 100 });
  assert.deepEqual([has(path, 5, 5), has(path, 105, 5)], [true, true]);
});

test('a copy of every kind of piece is the same', () => {
  const copy = new Path2D(all);
  const [one, two] = [calls(), calls()];
  nativePath(all, () => one);
  nativePath(copy, () => two);
  const names = new Set(one.made.map(([name]) => name));
  assert.deepEqual([...names], ['moveTo', 'lineTo', 'quadraticCurveTo', 'bezierCurveTo', 'ellipse', 'closePath']);
  assert.deepEqual(new Set(two.made.map(([name]) => name)), names);
});

test('the native path is made again only when something was added', () => {
  const path = new Path2D('M0 0h10v10h-10z');
  const made = [];
  const create = () => { made.push(calls()); return made[made.length - 1]; };
  assert.equal(nativePath(path, create), nativePath(path, create));
  path.lineTo(5, 5);
  nativePath(path, create);
  assert.equal(made.length, 2);
});

test('a stretched arc is drawn as many lines', () => {
  const circle = new Path2D();
  circle.arc(0, 0, 5, 0, 7);
  const path = new Path2D();
  path.addPath(circle, { a: 2 });
  const native = calls();
  nativePath(path, () => native);
  const lines = native.made.filter(([name]) => name === 'lineTo');
  assert.ok(lines.length >= 32 && lines.every(([, x, y]) => Math.abs((x / 10) ** 2 + (y / 5) ** 2 - 1) < 1e-9));
});
