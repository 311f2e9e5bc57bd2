import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun } from '../../games.js';

test('a page finds a window, a document and a canvas that draws nothing', () => {
  const { info } = begun({ 'index.html': '<canvas id="c"></canvas><script>globalThis.context = c.getContext("2d");</script>' }, {
    kind: 'browser', entry: 'index.html', info: { seen: '[window === globalThis, document.body.children.length, context instanceof CanvasRenderingContext2D, typeof wx, typeof process].join()' },
  });
  assert.equal(info.seen, 'true,2,true,undefined,undefined');
});
