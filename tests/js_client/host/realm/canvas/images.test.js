import assert from 'node:assert/strict';
import { test } from 'node:test';

import { blankPng } from '../../../../../js_client/host/realm/canvas/png.js';
import { canvasRoom, pixel, withoutPixels } from './rooms.js';

const PNG = blankPng(30, 20);
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"><rect width="4" height="2" fill="lime"/></svg>';

/** Loads all at once, then advances one frame: what came, in its order. */
function loaded({ kernel }, ...sources) {
  const came = [];
  for (const src of sources) kernel.images.load(src, (error, picture) => came.push([src, error?.message ?? `${picture.width} × ${picture.height}`]));
  assert.deepEqual(came, []);
  kernel.clock.advance();
  return came;
}

const SOURCES = [
  ['a path', '/img/a.png', '30 × 20'], ['a path without a slash', 'img/a.png?v=2', '30 × 20'], ['an address of the package', 'https://game.stepwire/img/a.png', '30 × 20'],
  ['base64', `data:image/png;base64,${Buffer.from(PNG).toString('base64')}`, '30 × 20'], ['plain data', `data:image/svg+xml,${SVG}`, '4 × 2'],
  ['encoded data', `data:image/svg+xml;utf8,${encodeURIComponent(SVG)}`, '4 × 2'],
];
for (const [name, src, size] of SOURCES) {
  test(`a picture is loaded from ${name}`, () => {
    const room = canvasRoom({ files: { '/img/a.png': PNG } });
    assert.deepEqual(loaded(room, src), [[src, size]]);
    assert.deepEqual(room.notes(), {});
  });
}

for (const src of ['/none.png', 'https://example.org/a.png', '/text.png', 'data:nonsense', 'data:image/png;base64,', 'data:text/plain,%zz']) {
  test(`no picture comes from ${src}, and the report says so`, () => {
    const room = canvasRoom({ files: { '/text.png': Buffer.from('text') } });
    assert.deepEqual(loaded(room, src), [[src, `no picture: ${src}`]]);
    assert.deepEqual(room.notes(), { missing_images: [src] });
  });
}

test('pictures come in the order in which they were asked for', () => {
  const room = canvasRoom({ files: { '/a.png': PNG } });
  assert.deepEqual(loaded(room, 'a.png', 'none', `data:image/svg+xml,${SVG}`).map(([, what]) => what), ['30 × 20', 'no picture: none', '4 × 2']);
});

test('a size that another realm has found out is not read again', () => {
  const cache = new Map();
  const first = canvasRoom({ files: { '/a.png': PNG }, cache });
  loaded(first, 'a.png');
  const second = canvasRoom({ files: { '/a.png': PNG }, cache });
  assert.deepEqual(loaded(second, 'a.png'), [['a.png', '30 × 20']]);
  assert.deepEqual([first.reads, second.reads], [['/a.png'], []]);
});

test('a blob of the page is a picture', async () => {
  const room = canvasRoom();
  room.kernel.blobs = new Map([['blob:x', new Blob([PNG])]]);
  const size = new Promise((resolve) => { room.kernel.images.load('blob:x', (_, picture) => resolve(picture)); });
  await room.kernel.blobs.get('blob:x').arrayBuffer();
  for (let i = 0; i < 5; i += 1) await null;
  room.kernel.clock.advance();
  assert.deepEqual(await size, { width: 30, height: 20 });
});

test('an error in what the game does with a picture is in the report', () => {
  const room = canvasRoom({ files: { '/a.png': PNG } });
  room.kernel.images.load('a.png', () => { throw new Error('in onload'); });
  room.kernel.clock.advance();
  assert.match(room.notes().errors[0], /in onload/);
});

test('with a real canvas a picture has its pixels', { skip: withoutPixels }, () => {
  const { kernel, room } = canvasRoom({ canvas: 'real', files: { '/a.svg': Buffer.from(SVG) } });
  const context = room.contextOf({ width: 10, height: 10 }, '2d');
  const image = { width: 4, height: 2 };
  kernel.images.load('a.svg', (_, picture) => kernel.images.attach(image, picture));
  kernel.clock.advance();
  context.drawImage(image, 0, 0);
  assert.deepEqual([pixel(context, 1, 1), pixel(context, 5, 5)], [[0, 255, 0, 255], [0, 0, 0, 0]]);
});

test('a picture that the outside cannot decode is missing', () => {
  const room = canvasRoom({ canvas: 'real', files: { '/a.png': PNG }, natives: { canvas: { decode: () => undefined } } });
  loaded(room, 'a.png');
  assert.deepEqual(room.notes(), { missing_images: ['a.png'] });
});
