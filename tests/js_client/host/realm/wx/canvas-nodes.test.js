import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createCanvasNodes } from '../../../../../js_client/host/realm/wx/canvas-nodes.js';
import { wxmlElements } from '../../../../../js_client/host/realm/wx/wxml.js';
import { wxRoom } from './realms.js';

const WXML = '<canvas id="game" type="2d" style="width: 200px; height: 100px"/><canvas canvas-id="old"/>';

function nodes() {
  const room = wxRoom();
  return { ...room, nodes: createCanvasNodes(room, () => wxmlElements(WXML)) };
}

test('a canvas is the same whenever it is asked for, and the first one is the screen', () => {
  const { nodes: { node, legacy }, kernel } = nodes();
  const canvas = node('#game');
  assert.equal(node('#game'), canvas);
  assert.notEqual(legacy('old'), canvas);
  assert.equal(kernel.canvas.screen(), canvas);
});

test('the newer form has its own size for drawing, the older one that in which it is shown', () => {
  const { nodes: { node, legacy, shown } } = nodes();
  assert.deepEqual(shown('#game'), { width: 200, height: 100 });
  assert.deepEqual([node('#game').width, node('#game').height], [300, 150]);
  assert.deepEqual([legacy('old').width, legacy('old').height], [375, 667]);
});

test('it makes images and asks for frames itself', () => {
  const { nodes: { node }, advance } = nodes();
  const canvas = node('#game');
  const times = [];
  canvas.requestAnimationFrame((time) => times.push(Math.round(time)));
  canvas.cancelAnimationFrame(canvas.requestAnimationFrame(() => assert.fail()));
  advance(2);
  assert.deepEqual([times, canvas.createImage().width, canvas.id], [[17], 0, 'game']);
});
