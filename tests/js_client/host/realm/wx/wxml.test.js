import assert from 'node:assert/strict';
import { test } from 'node:test';

import { wxmlDataset, wxmlElements, wxmlHandlers, wxmlSelected, wxmlSize } from '../../../../../js_client/host/realm/wx/wxml.js';

const PAGE = `
  <!-- <view bindtap="never"/> -->
  <view class="board wide" bindtouchstart="start" catch:touchend='end'>
    <view wx:for="{{cells}}" wx:key="id" class="cell" data-some-id="7" bindtap="cell">{{item > 1 ? "<" : ""}}</view>
    <canvas id="game" canvas-id="old" type="2d" style="height: 300px; width:200.5px" disable-scroll></canvas>
  </view>
  <button size="mini" bindtap="cell" capture-bind:tap="restart"></button>`;
const ELEMENTS = wxmlElements(PAGE);

test('elements are found with their attributes, in order and without comments', () => {
  assert.deepEqual(ELEMENTS.map(({ tag }) => tag), ['view', 'view', 'canvas', 'button']);
  assert.equal(ELEMENTS[2].attributes['disable-scroll'], '');
});

test('handlers are found in every way to bind them, each name once', () => {
  const names = (event) => [...wxmlHandlers(ELEMENTS, event).keys()];
  assert.deepEqual([names('touchstart'), names('touchend'), names('tap'), names('touchmove')], [['start'], ['end'], ['cell', 'restart'], []]);
});

test('elements are selected by id, class and tag', () => {
  for (const selector of ['#game', '#old', '.board canvas', 'canvas', '.board > #game']) assert.equal(wxmlSelected(ELEMENTS, selector), ELEMENTS[2]);
  assert.equal(wxmlSelected(ELEMENTS, '.wide'), ELEMENTS[0]);
  assert.equal(wxmlSelected(ELEMENTS, '#none'), undefined);
});

test('a size is read where the element states it', () => {
  assert.deepEqual([wxmlSize(ELEMENTS[2], 'width'), wxmlSize(ELEMENTS[2], 'height'), wxmlSize(ELEMENTS[0], 'width')], [200.5, 300, undefined]);
  assert.equal(wxmlSize({ tag: 'canvas', attributes: { width: '100' } }, 'width'), 100);
});

test('data attributes become a dataset', () => assert.deepEqual(wxmlDataset(ELEMENTS[1]), { someId: '7' }));
