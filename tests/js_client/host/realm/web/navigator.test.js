import assert from 'node:assert/strict';
import { test } from 'node:test';

import { here } from '../../../../../js_client/host/realm/web/here.js';
import { MediaQueryList, Navigator, Screen, hasTouch, mediaMatches } from '../../../../../js_client/host/realm/web/navigator.js';
import { arrived } from './arrived.js';

const TOUCHING = { action: { inputs: [{}, { touch: [1, 2] }] } };

test('the screen is the description’s', () => {
  arrived();
  const { width, height, availWidth, orientation } = new Screen();
  assert.deepEqual([width, height, availWidth, orientation.type], [375, 667, 375, 'portrait-primary']);
});

for (const [description, touches] of [[{}, false], [TOUCHING, true]]) {
  test(`a game that is played ${touches ? 'by' : 'without'} touch ${touches ? 'finds a' : 'finds no'} touch screen`, () => {
    arrived({}, {}, description);
    assert.deepEqual([hasTouch(), new Navigator().maxTouchPoints > 0, mediaMatches('(pointer: coarse)')], [touches, touches, touches]);
  });
}

const QUERIES = [
  ['(max-width: 400px)', true], ['(min-width: 400px)', false], ['screen and (min-width: 300px) and (max-height: 700px)', true], ['print', false],
  ['print, (orientation: portrait)', true], ['not print', true], ['(orientation: landscape)', false], ['(min-resolution: 2dppx)', true],
  ['(-webkit-min-device-pixel-ratio: 1.5)', true], ['(prefers-color-scheme: dark)', false], ['(max-aspect-ratio: 1/1)', true], ['(min-width: 30em)', false],
];
for (const [query, expected] of QUERIES) {
  test(`the media query ${query} ${expected ? 'holds' : 'does not hold'} on a phone`, () => {
    arrived();
    assert.equal(mediaMatches(query), expected);
    assert.equal(new MediaQueryList(query).matches, expected);
  });
}

test('what a browser would have to ask for is refused as a task', async () => {
  const { frame } = arrived();
  here.window.DOMException = DOMException;
  const refused = assert.rejects(new Navigator().share(), { name: 'NotAllowedError' });
  await frame();
  await refused;
});
