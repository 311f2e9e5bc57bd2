import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RealContext2D } from '../../../../../js_client/host/realm/canvas/real2d.js';
import { context2d, pixel, withoutPixels } from './rooms.js';

const RED = [255, 0, 0, 255];
const NONE = [0, 0, 0, 0];
const drawn = (draw) => {
  const made = context2d({ canvas: 'real' }, { width: 60, height: 60 });
  made.context.fillStyle = made.context.strokeStyle = 'red';
  draw(made.context, made);
  return made.context;
};

/** What is drawn, where it is to be seen, and where not. */
const DRAWINGS = [
  ['a rectangle', (x) => x.fillRect(10, 10, 10, 10), [15, 15], [25, 15]],
  ['a frame', (x) => { x.lineWidth = 4; x.strokeRect(10, 10, 20, 20); }, [10, 20], [20, 20]],
  ['what is left of it', (x) => { x.fillRect(0, 0, 60, 60); x.clearRect(20, 20, 10, 10); }, [5, 5], [25, 25]],
  ['a path', (x) => { x.beginPath(); x.moveTo(0, 0); x.lineTo(40, 0); x.lineTo(0, 40); x.closePath(); x.fill(); }, [5, 5], [39, 39]],
  ['curves', (x) => { x.beginPath(); x.moveTo(0, 0); x.quadraticCurveTo(60, 0, 60, 60); x.bezierCurveTo(50, 60, 0, 60, 0, 50); x.fill(); }, [30, 30], [58, 2]],
  ['a circle', (x) => { x.beginPath(); x.arc(30, 30, 20, 0, 7); x.fill(); }, [30, 12], [48, 48]],
  ['an ellipse', (x) => { x.beginPath(); x.ellipse(30, 30, 25, 5, 0, 0, 7, true); x.fill(); }, [8, 30], [30, 10]],
  ['round corners', (x) => { x.beginPath(); x.roundRect(0, 0, 60, 60, 30); x.fill(); }, [30, 2], [2, 2]],
  ['an arc to the side', (x) => { x.beginPath(); x.moveTo(0, 0); x.arcTo(50, 0, 50, 50, 30); x.lineTo(0, 60); x.fill(); }, [20, 5], [49, 2]],
  ['a hole', (x) => { x.beginPath(); x.rect(0, 0, 60, 60); x.rect(20, 20, 20, 20); x.fill('evenodd'); }, [5, 5], [30, 30]],
  ['a line', (x) => { x.lineWidth = 6; x.setLineDash([30, 100]); x.beginPath(); x.moveTo(0, 30); x.lineTo(60, 30); x.stroke(); }, [10, 30], [50, 30]],
  ['what is inside of a clip', (x) => { x.beginPath(); x.rect(0, 0, 20, 20); x.clip(); x.fillRect(0, 0, 60, 60); }, [10, 10], [30, 30]],
  ['what is moved', (x) => { x.translate(30, 0); x.scale(2, 2); x.fillRect(0, 0, 5, 5); }, [38, 8], [5, 5]],
  ['what is turned', (x) => { x.translate(30, 30); x.rotate(Math.PI); x.fillRect(0, 0, 10, 10); }, [25, 25], [35, 35]],
  ['what is transformed', (x) => { x.transform(1, 0, 0, 1, 10, 10); x.setTransform({ a: 1, d: 1, e: 40, f: 40 }); x.fillRect(0, 0, 10, 10); }, [45, 45], [15, 15]],
  ['what is restored', (x) => { x.save(); x.translate(30, 30); x.fillStyle = 'blue'; x.restore(); x.fillRect(0, 0, 10, 10); }, [5, 5], [35, 35]],
  ['a path of its own', (x, { room }) => x.fill(new room.globals.Path2D('M0 0h20v20h-20z'), 'nonzero'), [10, 10], [30, 30]],
  ['its stroke', (x, { room }) => { x.lineWidth = 4; x.stroke(new room.globals.Path2D('M0 30h60')); }, [30, 30], [30, 40]],
  ['its clip', (x, { room }) => { x.clip(new room.globals.Path2D('M0 0h20v20h-20z')); x.fillRect(0, 0, 60, 60); }, [10, 10], [30, 30]],
  ['a gradient', (x) => { const g = x.createLinearGradient(0, 0, 60, 0); g.addColorStop(0, 'red'); g.addColorStop(0.5, 'red'); g.addColorStop(0.5, 'transparent'); x.fillStyle = g; x.fillRect(0, 0, 60, 60); }, [10, 10], [50, 10]],
  ['another canvas', (x, { room }) => { const other = { width: 5, height: 5 }; const o = room.contextOf(other, '2d'); o.fillStyle = 'red'; o.fillRect(0, 0, 5, 5); x.drawImage(other, 10, 10); }, [12, 12], [20, 20]],
  ['a part of it', (x, { room }) => { const other = { width: 9, height: 9 }; const o = room.contextOf(other, '2d'); o.fillStyle = 'red'; o.fillRect(0, 0, 4, 9); x.drawImage(other, 0, 0, 2, 2, 20, 20, 20, 20); }, [30, 30], [45, 30]],
  ['a pattern', (x, { room }) => { const other = { width: 20, height: 20 }; const o = room.contextOf(other, '2d'); o.fillStyle = 'red'; o.fillRect(0, 0, 10, 20); x.fillStyle = x.createPattern(other, 'repeat'); x.fillRect(0, 0, 60, 60); }, [25, 5], [35, 5]],
  ['pixels', (x) => { const data = x.createImageData(10, 10); for (let i = 0; i < 400; i += 4) data.data.set([255, 0, 0, 255], i); x.putImageData(data, 20, 20); }, [25, 25], [5, 5]],
];
for (const [name, draw, on, off] of DRAWINGS) {
  test(`a real canvas draws ${name}`, { skip: withoutPixels }, () => {
    const context = drawn(draw);
    assert.deepEqual([pixel(context, ...on), pixel(context, ...off)], [RED, NONE]);
  });
}

test('a part of nothing draws nothing', { skip: withoutPixels }, () => {
  const context = drawn((x, { owner }) => x.drawImage(owner, 0, 0, 0, 5, 0, 0, 10, 10));
  assert.deepEqual(pixel(context, 5, 5), NONE);
});

test('alpha is what it was set to', { skip: withoutPixels }, () => {
  const context = drawn((x) => { x.globalAlpha = 0.5; x.fillRect(0, 0, 60, 60); });
  assert.ok(Math.abs(pixel(context, 5, 5)[3] - 128) <= 1);
});

/** The first and the last column in which something was drawn. */
function inkedColumns(context, width, height) {
  const { data } = context.getImageData(0, 0, width, height);
  const columns = Array.from({ length: width }, (_, x) => x).filter((x) => Array.from({ length: height }, (_, y) => data[4 * (y * width + x) + 3]).some((alpha) => alpha > 0));
  return [columns[0], columns[columns.length - 1]];
}

for (const font of ['40px Arial', 'bold 40px Arial', '40px monospace', 'bold 40px monospace']) {
  test(`text in ${font} is as wide as was measured`, { skip: withoutPixels }, () => {
    const { context } = context2d({ canvas: 'real' }, { width: 400, height: 60 });
    context.font = font;
    context.fillText('HMWH', 10, 45);
    const [first, last] = inkedColumns(context, 400, 60);
    const { width } = context.measureText('HMWH');
    assert.ok(first >= 10 && first < 16 && last > width && last <= 11 + width, `${first} to ${last}, measured ${width}`);
  });
}

test('the width of text may be limited', { skip: withoutPixels }, () => {
  const { context } = context2d({ canvas: 'real' }, { width: 400, height: 60 });
  context.font = '40px Arial';
  context.fillText('HMWH', 0, 45, 50);
  context.strokeText('HMWH', 0, 45, 50);
  assert.ok(inkedColumns(context, 400, 60)[1] <= 51);
});

test('characters that the font has not are boxes, and the report says so', { skip: withoutPixels }, () => {
  const { context, notes } = context2d({ canvas: 'real' });
  context.fillText('Été 1', 0, 20);
  assert.deepEqual(notes(), {});
  context.fillText('得分 1', 0, 20);
  assert.deepEqual(notes(), { needs_canvas: ['fonts with 得分'] });
});

test('reset makes everything as it was at first', { skip: withoutPixels }, () => {
  const context = drawn((x) => { x.fillRect(0, 0, 60, 60); x.translate(10, 10); x.font = '30px Arial'; x.reset(); x.fillRect(0, 0, 5, 5); });
  assert.deepEqual([pixel(context, 2, 2), pixel(context, 30, 30), context.font], [[0, 0, 0, 255], NONE, '10px sans-serif']);
});

test('the native context is out of the game\'s reach', { skip: withoutPixels }, () => {
  const { context } = context2d({ canvas: 'real' });
  assert.ok(context instanceof RealContext2D);
  const kept = new Set();
  const look = (value) => {
    if (typeof value !== 'object' || value === null || kept.has(value)) return;
    kept.add(value);
    for (const key of Reflect.ownKeys(value)) look(value[key]);
  };
  look(context);
  assert.ok(![...kept].some((value) => typeof value.toBuffer === 'function' || value.constructor?.name === 'Kernel' || 'natives' in value));
});
