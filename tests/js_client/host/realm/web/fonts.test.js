import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FontFace, FontFaceSet } from '../../../../../js_client/host/realm/web/fonts.js';
import { arrived } from './arrived.js';

test('a font is loaded as a task', async () => {
  const { frame } = arrived();
  const face = new FontFace('Pixel', 'url(pixel.woff)', { weight: '700' });
  const loaded = face.load();
  assert.equal(face.status, 'loading');
  await frame();
  assert.deepEqual([await loaded === face, face.status, face.weight], [true, 'loaded', '700']);
});

test('a page’s fonts are there at once', async () => {
  arrived();
  const fonts = new FontFaceSet();
  const face = new FontFace('Pixel');
  fonts.add(face).add(new FontFace('Other'));
  fonts.delete(face);
  assert.deepEqual([fonts.size, fonts.check('12px Pixel'), [...fonts].map(({ family }) => family), await fonts.ready === fonts], [1, true, ['Other'], true]);
});
