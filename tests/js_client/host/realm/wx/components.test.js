import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createPage } from '../../../../../js_client/host/realm/wx/components.js';
import { miniProgram, wxRoom } from './realms.js';

test('a page\'s data is its own: the definition stays as it was', () => {
  const { kernel } = wxRoom();
  const definition = { data: { list: [1] } };
  const page = createPage(kernel, definition, 'pages/a');
  page.setData({ 'list[0]': 2 });
  assert.deepEqual([page.data.list, definition.data.list, page.route], [[2], [1], 'pages/a']);
});

test('setData tells its callback in a later task, with the page as this', () => {
  const { kernel, advance } = wxRoom();
  const page = createPage(kernel, {}, 'a');
  let told;
  page.setData({ a: 1 }, function done() { told = this; });
  assert.deepEqual([page.data.a, told], [1, undefined]);
  advance();
  assert.equal(told, page);
});

test('a component has methods, properties with their defaults, behaviors and observers', () => {
  const { kernel } = wxRoom();
  const seen = [];
  const behavior = { data: { b: 1 }, methods: { fromBehavior: () => 'b' } };
  const component = createPage(kernel, {
    behaviors: [behavior],
    properties: { size: { type: Number, value: 4 }, name: String, list: Array },
    observers: { 'size, name': (size, name) => seen.push([size, name]) },
    methods: { own() { return this.properties.size; } },
  }, 'c');
  assert.deepEqual(component.data, { size: 4, name: '', list: [], b: 1 });
  assert.deepEqual([component.own(), component.fromBehavior()], [4, 'b']);
  component.setData({ name: 'x' });
  component.setData({ b: 2 });
  assert.deepEqual(seen, [[4, 'x']]);
});

test('a page finds the component that its JSON names, which tells it of its events', () => {
  const { page, kernel } = miniProgram({
    '/pages/play.js': 'Page({ data: { score: 0 }, onScore({ detail }) { this.setData({ score: detail.score }); } });',
    '/pages/play.json': '{"usingComponents": {"board": "../parts/board"}}',
    '/pages/play.wxml': '<board id="b" class="main" bind:score="onScore"></board>',
    '/parts/board.js': `Component({
      data: { ready: false },
      lifetimes: { attached() { this.setData({ ready: true }); } },
      methods: { win() { this.triggerEvent('score', { score: 9 }); } },
    });`,
  });
  const board = page.selectComponent('#b');
  board.win();
  assert.deepEqual([board.data.ready, page.data.score, page.selectComponent('#none'), kernel.report.errorCount()], [true, 9, null, 0]);
});
