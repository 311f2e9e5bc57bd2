import assert from 'node:assert/strict';
import { test } from 'node:test';

import { didYouMean, nearest } from '../../../../js_client/host/description/nearest.js';

const NAMES = ['frame_skip', 'fps', 'start', 'width', 'height'];

for (const [word, meant] of [
  ['frame_skp', 'frame_skip'], ['frameSkip', 'frame_skip'], ['frame-skip', 'frame_skip'], ['fsp', 'fps'], ['strat', 'start'], ['heigth', 'height'],
  ['Width', 'width'], ['speed', undefined], ['', undefined],
]) {
  test(`${JSON.stringify(word)} means ${meant ?? 'nothing of them'}`, () => assert.equal(nearest(word, NAMES), meant));
}

test('where nothing is near, all that there is is named', () => {
  assert.equal(didYouMean('frame_skp', NAMES), 'did you mean frame_skip?');
  assert.equal(didYouMean('speed', NAMES), 'there are frame_skip, fps, start, width, height');
  assert.equal(didYouMean('speed', ['fps']), 'there is fps');
});
