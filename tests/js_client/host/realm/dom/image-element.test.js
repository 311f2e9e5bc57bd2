import assert from 'node:assert/strict';
import { test } from 'node:test';

import { opened } from './pages.js';

/** One pixel. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

function after(html, expression, { frames = 2, files = { 'a.png': PIXEL } } = {}) {
  const { game } = opened(html, files, { time: { frame_skip: frames }, info: { value: `JSON.stringify(${expression})` } });
  return { value: JSON.parse(game.step(0).info.value), notes: game.summary() };
}

test('a picture is loaded as a task, and then has its size', () => {
  const html = "<script>var told = [], i = new Image(); i.onload = () => told.push('load'); i.onerror = () => told.push('error'); i.src = 'a.png'; told.push(i.complete, i.naturalWidth);</script>";
  assert.deepEqual(after(html, '[told, i.complete, i.naturalWidth, i.width, i.src]').value, [[false, 0, 'load'], true, 1, 1, 'https://game.stepwire/a.png']);
});

test('a picture that is missing is an error, and noted', () => {
  const { value, notes } = after("<img id='i' src='none.png' onerror='told.push(1)' onload='told.push(2)'><script>var told = []</script>", '[told, i.complete, i.naturalWidth]');
  assert.deepEqual(value, [[1], true, 0]);
  assert.deepEqual(notes.missing_images.length, 1);
});

test('decoding is a promise', () => {
  const html = "<script>var told = []; for (const src of ['a.png', 'none.png']) { const i = new Image(); i.src = src; i.decode().then(() => told.push('decoded'), (e) => told.push(e.name)); }</script>";
  assert.deepEqual(after(html, 'told').value.sort(), ['EncodingError', 'decoded']);
});

test('only the last source counts', () => {
  const html = "<script>var told = [], i = new Image(); i.onload = () => told.push(i.src); i.src = 'none.png'; i.src = 'a.png';</script>";
  assert.deepEqual(after(html, 'told').value, ['https://game.stepwire/a.png']);
});

test('a picture may be a data URL or a blob', () => {
  const html = `<script>var told = [];
    for (const src of ['data:image/png;base64,${PIXEL.toString('base64')}', URL.createObjectURL(new Blob([Uint8Array.from(atob('${PIXEL.toString('base64')}'), (c) => c.charCodeAt(0))]))]) {
      const i = new Image(); i.onload = () => told.push(i.naturalWidth); i.src = src; }</script>`;
  assert.deepEqual(after(html, 'told').value, [1, 1]);
});

test('the page is loaded when its pictures are', () => {
  const html = "<img src='a.png' onload='told.push(1)'><script>var told = []; addEventListener('load', () => told.push('page'));</script>";
  assert.deepEqual(after(html, 'told').value, [1, 'page']);
});

test('a size that is said is the size', () => {
  assert.deepEqual(after("<script>var i = new Image(30, 20)</script>", '[i.width, i.height, i.getAttribute("width")]').value, [30, 20, '30']);
});
