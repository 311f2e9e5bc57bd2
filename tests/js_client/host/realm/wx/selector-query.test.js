import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniProgram } from './realms.js';

const FILES = { '/pages/play.js': 'Page({});', '/pages/play.wxml': '<canvas id="game" type="2d" style="width: 200px; height: 100px"/><view class="a"/>' };

test('a canvas is given as node with its size, in a later task', () => {
  const { wx, advance, notes } = miniProgram(FILES);
  let results;
  wx.createSelectorQuery().select('#game').fields({ node: true, size: true }).exec((given) => { results = given; });
  assert.equal(results, undefined);
  advance();
  const [{ node, width, height }] = results;
  assert.deepEqual([width, height], [200, 100]);
  assert.ok(node.getContext('2d'));
  assert.deepEqual(notes('needs_browser'), []);
});

test('the viewport is the screen', () => {
  const { wx, advance } = miniProgram(FILES);
  const heard = [];
  wx.createSelectorQuery().in({}).selectViewport().boundingClientRect((rect) => heard.push(rect)).exec();
  advance();
  assert.deepEqual([heard[0].left, heard[0].width, heard[0].bottom], [0, 375, 667]);
});

test('every other element is taken to fill the screen, and that is noted', () => {
  const { wx, advance, notes } = miniProgram(FILES);
  const heard = [];
  wx.createSelectorQuery().selectAll('.a').boundingClientRect((rects) => heard.push(rects)).selectViewport().scrollOffset().exec(([, offset]) => heard.push(offset));
  advance();
  assert.deepEqual([heard[0][0].width, heard[1].scrollTop], [375, 0]);
  assert.deepEqual(notes('needs_browser'), ['createSelectorQuery: the place of .a']);
});
