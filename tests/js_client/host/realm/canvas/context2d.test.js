import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CanvasRenderingContext2D, ImageBitmapRenderingContext } from '../../../../../js_client/host/realm/canvas/context2d.js';
import { canvasRoom, context2d, withoutPixels } from './rooms.js';

const KINDS = [['draws nothing', {}, false], ['draws', { canvas: 'real' }, withoutPixels]];

/** What is set, and what a browser then gives back. */
const PROPERTIES = [
  ['fillStyle', 'red', '#ff0000'], ['fillStyle', 'no colour', '#000000'], ['fillStyle', 'rgba(1,2,3,.5)', 'rgba(1, 2, 3, 0.5)'], ['strokeStyle', '#ABC', '#aabbcc'], ['fillStyle', 5, '#000000'],
  ['globalAlpha', 0.5, 0.5], ['globalAlpha', 2, 1], ['globalAlpha', '0.25', 0.25], ['globalAlpha', NaN, 1],
  ['lineWidth', 3, 3], ['lineWidth', 0, 1], ['lineWidth', '4', 4], ['lineCap', 'round', 'round'], ['lineCap', 'x', 'butt'], ['lineJoin', 'bevel', 'bevel'], ['miterLimit', 5, 5], ['lineDashOffset', 2, 2],
  ['font', 'bold 20px Arial', 'bold 20px Arial'], ['font', 'nonsense', '10px sans-serif'], ['textAlign', 'center', 'center'], ['textAlign', 'middle', 'start'],
  ['textBaseline', 'top', 'top'], ['textBaseline', 'x', 'alphabetic'], ['direction', 'rtl', 'rtl'], ['letterSpacing', '2px', '2px'], ['wordSpacing', '1px', '1px'],
  ['globalCompositeOperation', 'lighter', 'lighter'], ['globalCompositeOperation', 'x', 'source-over'],
  ['imageSmoothingEnabled', false, false], ['imageSmoothingQuality', 'high', 'high'], ['filter', 'blur(2px)', 'blur(2px)'],
  ['shadowColor', 'black', '#000000'], ['shadowBlur', 4, 4], ['shadowOffsetX', 1, 1], ['shadowOffsetY', -1, -1],
];

for (const [kind, options, skip] of KINDS) {
  for (const [name, value, expected] of PROPERTIES) {
    test(`a context that ${kind} gives ${name} back as ${JSON.stringify(expected)} after ${JSON.stringify(value)}, until it is restored`, { skip }, () => {
      const { context } = context2d(options);
      const before = context[name];
      context.save();
      context[name] = value;
      assert.equal(context[name], expected);
      context.restore();
      assert.equal(context[name], before);
    });
  }

  test(`a context that ${kind} keeps gradients and patterns as styles`, { skip }, () => {
    const { context, owner } = context2d(options);
    const gradient = context.createLinearGradient(0, 0, 1, 1);
    gradient.addColorStop(0, 'red');
    context.fillStyle = gradient;
    const pattern = context.createPattern(owner, 'repeat');
    context.strokeStyle = pattern;
    assert.deepEqual([context.fillStyle === gradient, context.strokeStyle === pattern], [true, true]);
    for (const other of [context.createRadialGradient(0, 0, 1, 0, 0, 2), context.createConicGradient(0, 0, 0)]) assert.equal(String(other), '[object CanvasGradient]');
  });

  test(`a context that ${kind} knows its canvas and what it is`, { skip }, () => {
    const { context, owner, room } = context2d(options);
    assert.equal(context.canvas, owner);
    assert.equal(String(context), '[object CanvasRenderingContext2D]');
    assert.equal(context.constructor.name, 'CanvasRenderingContext2D');
    assert.ok(context instanceof room.globals.CanvasRenderingContext2D);
    assert.deepEqual(context.getContextAttributes(), { alpha: true, colorSpace: 'srgb', desynchronized: false, willReadFrequently: false });
    assert.equal(context.isContextLost(), false);
    assert.deepEqual([context.drawFocusIfNeeded(), context.scrollPathIntoView()], [undefined, undefined]);
  });

  test(`a context that ${kind} looks at what it shall draw as a browser does`, { skip }, () => {
    const { context, owner } = context2d(options);
    assert.throws(() => context.drawImage(undefined, 0, 0), { name: 'TypeError', message: /not of type/ });
    assert.throws(() => context.drawImage(owner, 0), { name: 'TypeError', message: /arities/ });
    assert.throws(() => context.createPattern({}, 'repeat'), TypeError);
    assert.throws(() => context.createPattern(owner, 'twice'), { name: 'SyntaxError' });
    assert.throws(() => context.putImageData({}, 0, 0), TypeError);
    assert.equal(context.createPattern({ width: 5, height: 5, complete: false }, 'repeat'), null);
    context.drawImage({ width: 5, height: 5, complete: false }, 0, 0);
    context.drawImage(owner, 0, 0, 10, 10);
    context.drawImage(owner, 0, 0, 10, 10, 0, 0, 5, 5);
  });

  test(`a context that ${kind} makes empty pixels`, { skip }, () => {
    const { context } = context2d(options);
    const data = context.createImageData(2, -3);
    const same = context.createImageData(data);
    assert.deepEqual([data.width, data.height, same.width, same.height, same.data.length], [2, 3, 2, 3, 24]);
  });

  test(`a context that ${kind} measures text the same way`, { skip }, () => {
    const { context } = context2d(options);
    context.font = '20px Arial';
    assert.equal(context.measureText('Score: 42').width, 85.6);
    assert.equal(context.measureText(0).width, 11.12);
  });
}

test('all methods of a canvas are there, and draw nothing', () => {
  const { context } = context2d();
  const calls = [
    ['fillRect', 0, 0, 1, 1], ['strokeRect', 0, 0, 1, 1], ['clearRect', 0, 0, 1, 1], ['fill'], ['stroke'], ['clip'], ['fillText', 'x', 0, 0], ['strokeText', 'x', 0, 0],
    ['putImageData', context.createImageData(1, 1), 0, 0],
  ];
  for (const [name, ...args] of calls) assert.equal(context[name](...args), undefined, name);
});

test('pixels that are read from nothing are transparent, and the report says so', () => {
  const { context, notes } = context2d();
  const { width, height, data } = context.getImageData(0, 0, 3, -2);
  assert.deepEqual([width, height, data.every((byte) => byte === 0)], [3, 2, true]);
  assert.deepEqual(notes(), { needs_canvas: ['getImageData'] });
  assert.throws(() => context.getImageData(0, 0, 0, 1), { name: 'IndexSizeError' });
  assert.throws(() => context.getImageData(0, 0, 1), TypeError);
});

test('an engine that tries what a browser can do is no game that needs pixels', () => {
  const { context, notes } = context2d({}, { width: 6, height: 1 });
  context.getImageData(2, 0, 1, 1);
  assert.deepEqual(notes(), {});
});

test('a game cannot make a context itself', () => {
  assert.throws(() => new CanvasRenderingContext2D(), { name: 'TypeError', message: /Illegal constructor/ });
  const { globals } = canvasRoom({ canvas: 'real' }).room;
  assert.throws(() => new globals.CanvasRenderingContext2D(), TypeError);
});

test('a bitmap context takes bitmaps only', () => {
  const owner = {};
  const context = new ImageBitmapRenderingContext(owner);
  assert.equal(context.canvas, owner);
  assert.throws(() => context.transferFromImageBitmap({}), { name: 'InvalidStateError' });
  assert.doesNotThrow(() => context.transferFromImageBitmap(null));
});
