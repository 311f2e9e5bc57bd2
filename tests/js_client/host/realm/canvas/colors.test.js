import assert from 'node:assert/strict';
import { test } from 'node:test';

import { canvasColor } from '../../../../../js_client/host/realm/canvas/colors.js';

const COLORS = [
  ['red', '#ff0000'], ['RebeccaPurple', '#663399'], ['lightgoldenrodyellow', '#fafad2'], [' white ', '#ffffff'],
  ['transparent', 'rgba(0, 0, 0, 0)'], ['currentColor', '#000000'],
  ['#abc', '#aabbcc'], ['#ABCDEF', '#abcdef'], ['#f008', 'rgba(255, 0, 0, 0.533)'], ['#ff000080', 'rgba(255, 0, 0, 0.5)'], ['#ff0000ff', '#ff0000'],
  ['rgb(1,2,3)', '#010203'], ['rgb( 10% , 50%, 100% )', '#1a80ff'], ['rgb(300, -5, 2.6)', '#ff0003'], ['rgb(1 2 3 / 50%)', 'rgba(1, 2, 3, 0.5)'],
  ['rgba(1, 2, 3, 0.5)', 'rgba(1, 2, 3, 0.5)'], ['rgba(1,2,3,1)', '#010203'], ['rgba(1,2,3,.004)', 'rgba(1, 2, 3, 0.004)'], ['rgba(1,2,3,0.25)', 'rgba(1, 2, 3, 0.25)'], ['rgba(0,0,0,2)', '#000000'],
  ['hsl(0, 100%, 50%)', '#ff0000'], ['hsl(120deg 100% 25%)', '#008000'], ['hsla(240, 100%, 50%, 0.5)', 'rgba(0, 0, 255, 0.5)'], ['hsl(-60, 100%, 50%)', '#ff00ff'], ['hsl(0.5turn, 100%, 50%)', '#00ffff'],
];
for (const [given, expected] of COLORS) {
  test(`${given} is written ${expected}`, () => assert.equal(canvasColor(given), expected));
}

for (const wrong of ['', 'rot', '#12', '#12345', '#ggg', 'rgb(1,2)', 'rgb(a,b,c)', 'rgb(1,2,3,4,5)', '5', 'undefined', 'url(x)']) {
  test(`"${wrong}" is no colour`, () => assert.equal(canvasColor(wrong), null));
}

test('all of more colours than are kept are right', () => {
  for (let i = 0; i < 5000; i += 1) assert.equal(canvasColor(`rgb(${i & 255}, ${i >> 8}, 0)`), `#${(i & 255).toString(16).padStart(2, '0')}${(i >> 8).toString(16).padStart(2, '0')}00`);
});
